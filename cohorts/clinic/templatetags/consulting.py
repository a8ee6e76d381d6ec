"""Drawings and words of a consultation, for templates."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cohorts.clinic.models import Case, Opinion
from cohorts.letters.rendering import seal_text

register = template.Library()


@register.simple_tag
def voice_of(opinion: Opinion) -> dict:
    """Who speaks: `name` in the reader's language, `seal` in Chinese as seals are; `guest` for one from outside."""
    if opinion.consult_id:
        secretary = opinion.consult.mentor.secretary
        return {"name": str(secretary), "seal": seal_text(secretary.name), "guest": False}
    return {"name": opinion.invitation.name, "seal": seal_text(opinion.invitation.name), "guest": True}


@register.simple_tag
def before_after(case: Case) -> list[dict]:
    """The two figures of a closed case, each with its bar; the longer one is full. Empty without both."""
    before, after = case.figure_before, case.figure_after
    if before is None or after is None:
        return []
    most = max(before, after) or Decimal(1)
    return [{"value": plain(value), "bar": bar(max(value / most, Decimal(0)))} for value in (before, after)]


def plain(value: Decimal) -> str:
    """14, 3.5"""
    return f"{value.normalize():f}"


def bar(share: Decimal) -> SafeString:
    return format_html(
        '<svg class="case-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="10"/></svg>',
        f"{share * 100:.1f}",
    )
