"""What several actions ask before they act."""

import datetime
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from cohorts.choices import Stage
from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.common.errors import Refused
from mentorship.framework.models import HIGHEST, LOWEST, Subject

DAYS_AHEAD = 30


def locked(row, *related: str):
    """The row as it stands in the database, held until the transaction ends; the caller's copy is brought up to date, with
    its `related` rows where an action needs them."""
    rows = type(row).objects.select_for_update(of=("self",))
    row.refresh_from_db(from_queryset=rows.select_related(*related) if related else rows)
    return row


def refuse_unless_stage(cohort: Cohort, stages: Iterable[str]) -> None:
    if cohort.stage not in stages:
        raise Refused(_("这一批现在是“%(stage)s”，不能这样改。") % {"stage": cohort.get_stage_display()})


def open_stages() -> set[str]:
    """People may be proposed until the year closes: a cohort at work still fills its reserve."""
    return Stage.open_to_selection() | {Stage.RUNNING}


def refuse_own_case(by: User, *members: Mentor | Mentee | None) -> None:
    """Nobody decides on themselves or on their own pair, nor does the one who types for them."""
    hands = {by.pk, getattr(by.acting_user, "pk", None)} - {None}
    if any(member and member.secretary.user_id in hands for member in members):
        raise Refused(_("这件事与您本人有关，请由别人来定。"))


def refuse_alone(by: User, proposed_by: User | None) -> None:
    """What hurts someone is proposed by one person and decided by another, whoever's hands they use."""
    hands = {by.pk, getattr(by.acting_user, "pk", None)} - {None}
    if proposed_by is None or proposed_by.pk in hands:
        raise Refused(_("这件事要两个人：一人提出，另一人决定。"))


def check_day(cohort: Cohort, day: datetime.date, *, field: str = "date") -> None:
    """Between the cohort's start and thirty days from today."""
    if day < cohort.starts:
        raise Refused(_("日期早于这一批的开始日期%(day)s。") % {"day": cohort.starts.isoformat()}, field=field)
    latest = cohort.studio.today() + datetime.timedelta(days=DAYS_AHEAD)
    if day > latest:
        raise Refused(_("日期最晚填到%(day)s。") % {"day": latest.isoformat()}, field=field)


def subjects_by_code(cohort: Cohort) -> dict[str, Subject]:
    return {subject.code: subject for subject in cohort.framework.subjects.all()}


def save_levels(rows, cohort: Cohort, levels: Mapping[str, int]) -> tuple[dict, dict]:
    """Writes subject levels beside a mentor or mentee; returns what changed as (before, after) for the audit."""
    subjects = subjects_by_code(cohort)
    for code, level in levels.items():
        if code not in subjects:
            raise Refused(_("没有%(code)s这个领域。") % {"code": code})
        if not LOWEST <= level <= HIGHEST:
            raise Refused(_("等级是1到5。"), field=code)
    old = dict(rows.values_list("subject__code", "level"))
    changed = {code: level for code, level in levels.items() if old.get(code) != level}
    for code, level in changed.items():
        rows.update_or_create(subject=subjects[code], defaults={"level": level, "studio": cohort.studio})
    return {code: old.get(code) for code in changed}, changed


def save_status(row, status: str, **fields) -> tuple[dict, dict]:
    """Sets the state and what belongs to it; returns (before, after) for the audit."""
    fields = {"status": status, **fields}
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "updated_at"])
    return before, fields
