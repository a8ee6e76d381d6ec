from django import template
from django.utils.safestring import SafeString, mark_safe

from mentorship.common import drawings

register = template.Library()


@register.simple_tag
def small_radar(compared) -> SafeString:
    """One of many radars beside each other; the subjects are named in its title and in the table below."""
    labels = [row.subject.short for row in compared.rows]
    svg = drawings.radar(compared.now, compared.then, labels, str(compared.radar_words))
    return mark_safe(svg)  # noqa: S308 - numbers of ours; every text was escaped where it was drawn  # nosec B703 B308
