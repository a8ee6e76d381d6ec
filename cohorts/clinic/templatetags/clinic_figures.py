"""The drawings of the figures, in the reader's language."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cohorts.clinic import charts
from cohorts.clinic.queries.figures import Scheme

register = template.Library()


def drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - numbers of ours; every text was escaped where it was drawn  # nosec B703 B308


@register.simple_tag
def month_bars(counts, top) -> SafeString:
    return drawn(charts.bars(counts, top))


@register.simple_tag
def scheme_map(scheme: Scheme) -> SafeString:
    """The table beside it says the same."""
    title = _("各街镇的会诊件数，相邻的街镇尽量挨着；数字见旁边的表")
    return drawn(charts.scheme_map(scheme.laid, scheme.neighbours, scheme.tiles, title))


@register.simple_tag
def swatch(step: int) -> SafeString:
    return drawn(charts.swatch(step))
