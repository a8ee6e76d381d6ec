"""QR codes for what is printed, and for a phone that takes in a secret."""

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


def qr_of(path: str) -> SafeString:
    """The site's address of `path`."""
    return qr_of_text(f"{settings.SITE_URL}{path}")


def qr_of_text(text: str) -> SafeString:
    """One SVG path without style attributes; the size comes from the style sheet."""
    svg = segno.make(text, error="m", micro=False).svg_inline(svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - squares; of the text nothing is left in it  # nosec B703 B308
