"""Marks of findings, for templates."""

from django import template

from evaluations.visits.models import Finding
from evaluations.visits.queries.marks import mark_of

register = template.Library()


@register.simple_tag
def finding_mark(finding: Finding) -> dict:
    """{"kind": …, "words": …} as of the studio's today; `finding.studio` is best loaded before."""
    kind, words = mark_of(finding, finding.studio.today())
    return {"kind": kind, "words": words}
