"""Visits as a spreadsheet, for the studio: one row a finding, and one for a visit without any."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mentorship.common.spreadsheets import write_table

from .models import LOOKED_AT, Finding, Visit


def visits_xlsx(visits) -> bytes:
    """`visits` is a queryset of Visit; the rows come in its order."""
    heading = [
        _("编号"), _("第几轮"), _("督训日期"), _("学员"), _("居民区（村）"), _("督训人员"), _("不打招呼"), _("查看内容"), _("亮点"),
        _("总体"), _("状态"), _("序号"), _("发现的问题"), _("程度"), _("依据"), _("整改措施"), _("负责人"), _("整改期限"),
        _("整改状态"), _("销号日期"),
    ]  # fmt: skip
    findings = Prefetch("findings", Finding.objects.select_related("owner"))
    return write_table(_("督训记录"), heading, rows_of(visits.for_lists().prefetch_related(findings)))


def rows_of(visits):
    for visit in visits:
        found = list(visit.findings.all())
        for finding in found or [None]:
            yield [*cells_of(visit), *(cells_of_finding(finding) if finding else [""] * 9)]


def cells_of(visit: Visit) -> list:
    return [
        visit.number, visit.round, visit.date.isoformat(), str(visit.mentee), str(visit.community),
        "、".join(visit.team_names), _("是") if visit.unannounced else "", "、".join(looked_at(visit)), visit.positives,
        visit.get_overall_display(), visit.get_state_display(),
    ]  # fmt: skip


def cells_of_finding(finding: Finding) -> list:
    return [
        finding.number, finding.text, finding.get_level_display(), finding.evidence, finding.action, str(finding.owner),
        finding.due.isoformat(), finding.get_status_display(), finding.verified_on.isoformat() if finding.verified_on else "",
    ]  # fmt: skip


def looked_at(visit: Visit) -> list[str]:
    """What was looked at, in words."""
    words = [str(Visit._meta.get_field(name).verbose_name) for name in LOOKED_AT if getattr(visit, name)]
    if visit.households:
        words.append(_("居民随访%(n)s户") % {"n": visit.households})
    return [*words, visit.also_looked_at] if visit.also_looked_at else words
