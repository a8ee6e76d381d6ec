"""QR codes for what is printed."""

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


def qr_of(path: str) -> SafeString:
    """The site's address of `path` as one SVG path without style attributes; the size comes from the style sheet."""
    code = segno.make(f"{settings.SITE_URL}{path}", error="m", micro=False)
    svg = code.svg_inline(svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn from our own address; it holds no text  # nosec B703 B308
