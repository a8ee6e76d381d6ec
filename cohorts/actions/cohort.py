"""The cohort itself: its making, its parameters, its stages."""

import copy
import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.choices import MentorStatus, Stage
from cohorts.models import Cohort, CohortRules, Pairing
from cohorts.queries import missing_for_next_stage
from mentorship.accounts.models import User
from mentorship.audit.actions import changes, record
from mentorship.common.errors import Refused
from mentorship.framework.models import Framework
from mentorship.places.models import Studio

from .common import locked, refuse_unless_stage

COHORT_FIELDS = ["name", "name_en", "starts", "ends", "mentors_planned", "mentees_planned"]
RULE_FIELDS = [field.name for field in CohortRules._meta.fields if field.name not in {"cohort", "studio"}]


@transaction.atomic
def create_cohort(
    *,
    by: User,
    studio: Studio,
    name: str,
    starts: datetime.date,
    ends: datetime.date,
    framework: Framework | None = None,
    name_en: str = "",
    mentors_planned: int = 6,
    mentees_planned: int = 30,
    mentees_per_mentor: int = 5,
) -> Cohort:
    """A cohort in preparation, with its rules at their defaults. Without a framework it takes the studio's newest."""
    framework = framework or studio.frameworks.order_by("-version").first()
    if framework is None:
        raise Refused(_("工作室还没有应知必会，先定好再建批次。"))
    if framework.studio_id != studio.pk:
        raise Refused(_("应知必会是另一个工作室的。"), field="framework")
    if studio.cohorts.filter(name=name).exists():
        raise Refused(_("已经有叫“%(name)s”的批次了。") % {"name": name}, field="name")
    check_span(starts, ends)
    cohort = Cohort.objects.create(
        studio=studio,
        name=name,
        name_en=name_en,
        starts=starts,
        ends=ends,
        framework=framework,
        mentors_planned=mentors_planned,
        mentees_planned=mentees_planned,
    )
    CohortRules.objects.create(
        cohort=cohort, studio=studio, mentees_per_mentor=mentees_per_mentor, months=months_between(starts, ends)
    )
    after = {"name": name, "starts": starts, "ends": ends, "mentors_planned": mentors_planned}
    record(by=by, verb="cohort.created", on=cohort, studio=studio, after=after | {"mentees_planned": mentees_planned})
    return cohort


def check_span(starts: datetime.date, ends: datetime.date) -> None:
    if ends <= starts:
        raise Refused(_("结束日期要在开始日期之后。"), field="ends")


def months_between(starts: datetime.date, ends: datetime.date) -> int:
    """Whole months, held to the range of the rule."""
    return min(36, max(6, round((ends - starts).days / 30.44)))


@transaction.atomic
def change_rules(*, by: User, cohort: Cohort, values: dict[str, Any]) -> dict[str, Any]:
    """Changes the cohort's own facts (COHORT_FIELDS) and parameters (RULE_FIELDS); returns what changed."""
    locked(cohort)
    refuse_unless_stage(cohort, set(Stage.values) - {Stage.ARCHIVED})
    rules = locked(cohort.rules)
    unknown = set(values) - set(COHORT_FIELDS) - set(RULE_FIELDS)
    if unknown:
        raise Refused(_("没有这个参数：%(names)s。") % {"names": "、".join(sorted(unknown))})
    before, after = {}, {}
    for row, names in ((cohort, COHORT_FIELDS), (rules, RULE_FIELDS)):
        old = copy.copy(row)
        for name in names:
            if name in values:
                setattr(row, name, values[name])
        was, is_now = changes(old, row, names)
        before, after = before | was, after | is_now
    check_values(cohort, rules, after)
    if after:
        cohort.save()
        rules.save()
        record(by=by, verb="cohort.rules_changed", on=cohort, studio=cohort.studio_id, before=before, after=after)
    return after


def check_values(cohort: Cohort, rules: CohortRules, changed: dict[str, Any]) -> None:
    check_span(cohort.starts, cohort.ends)
    if "starts" in changed and not cohort.is_open_to_selection:
        raise Refused(_("带教已经开始，开始日期不能再改。"), field="starts")
    if not rules.cut_excellent > rules.cut_good > rules.cut_pass:
        raise Refused(_("等次线要从高到低：优秀、良好、合格。"), field="cut_excellent")
    if not any((rules.weight_gap, rules.weight_wish, rules.weight_kind, rules.weight_distance)):
        raise Refused(_("四项配对权重不能全是0。"), field="weight_gap")
    same_name = cohort.studio.cohorts.filter(name=cohort.name).exclude(pk=cohort.pk)
    if "name" in changed and same_name.exists():
        raise Refused(_("已经有叫“%(name)s”的批次了。") % {"name": cohort.name}, field="name")


@transaction.atomic
def advance_stage(*, by: User, cohort: Cohort) -> Cohort:
    """Moves on to the next stage, or says what is missing and how many."""
    locked(cohort)
    stage = Stage.after(cohort.stage)
    if stage is None:
        raise Refused(_("这一批已经归档。"))
    if stage == Stage.RUNNING:
        raise Refused(_("发布结对方案以后，这一批就进入带教。"))
    if missing := missing_for_next_stage(cohort):
        raise Refused("".join(missing))
    if stage == Stage.ARCHIVED:
        close_pairs(cohort)
    return enter(by, cohort, stage)


def close_pairs(cohort: Cohort) -> None:
    """The pairs of an archived cohort end on its last day; pairs that went on longer end today."""
    today = cohort.studio.today()
    for pairing in Pairing.objects.current().filter(cohort=cohort):
        pairing.ends = max(pairing.starts, min(today, cohort.ends))
        pairing.end_reason = _("期满")
        pairing.save(update_fields=["ends", "end_reason", "updated_at"])
    cohort.mentors.filter(status=MentorStatus.APPOINTED).update(status=MentorStatus.ENDED)


@transaction.atomic
def start_running(*, by: User, cohort: Cohort) -> Cohort:
    """Publishing the pairing takes the cohort from pairing to running. Called by that act only."""
    locked(cohort)
    refuse_unless_stage(cohort, {Stage.PAIRING})
    return enter(by, cohort, Stage.RUNNING)


def enter(by: User, cohort: Cohort, stage: str) -> Cohort:
    before, cohort.stage = cohort.stage, stage
    cohort.save(update_fields=["stage", "updated_at"])
    record(
        by=by,
        verb="cohort.stage_advanced",
        on=cohort,
        studio=cohort.studio_id,
        before={"stage": before},
        after={"stage": stage},
    )
    return cohort
