"""督训记录与整改: signed visits, each with what it found and what became of it."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from evaluations.visits.exports import looked_at
from evaluations.visits.models import Finding, Visit
from mentorship.common.templatetags.wording import long_date

from .base import Item, Look, Source, each, kept, worded

VISIT = [
    "number", "round", "date", "unannounced", "branch_book", "rounds_book", "emergency_plan", "duty", "households",
    "also_looked_at", "positives", "overall", "mentee_statement", "signed_by", "signed_on",
]  # fmt: skip
FINDING = ["number", "text", "level", "evidence", "action", "owner", "due", "status", "reported_on", "verified_on"]


def visits():
    findings = Prefetch("findings", Finding.objects.select_related("owner"))
    rows = Visit.objects.signed().for_lists().select_related("signed_by").prefetch_related(findings)
    return rows.order_by("date", "number")


def show_visit(row: Visit, look: Look) -> Item:
    facts = [(_("督训人员"), "、".join(row.team_names)), (_("查看内容"), "、".join(looked_at(row)))]
    facts += worded(row, ["community", "overall"])
    texts = worded(row, ["positives", "mentee_statement"])
    findings = list(row.findings.all())
    return Item(
        _("第%(n)s轮督训") % {"n": row.round}, row.date, "、".join(row.team_names), facts=facts, texts=texts,
        head=[_("发现的问题"), _("程度"), _("整改措施"), _("期限"), _("结果")] if findings else [],
        rows=[cells_of(finding) for finding in findings],
    )  # fmt: skip


def cells_of(finding: Finding) -> list[str]:
    result = str(finding.get_status_display())
    if finding.verified_on:
        result = _("%(day)s销号") % {"day": long_date(finding.verified_on)}
    return [finding.text, str(finding.get_level_display()), finding.action, long_date(finding.due), result]


def visit_facts(row: Visit, look: Look) -> dict:
    findings = [kept(finding, FINDING) for finding in row.findings.all()]
    return kept(row, VISIT) | {"team": row.team_names, "findings": findings}


VISITS = Source(visits, each(show_visit), visit_facts)
