"""选聘: a mentor is nominated, rated on three criteria with evidence, and appointed."""

import copy
import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.choices import MentorStatus, Rating
from cohorts.models import Cohort, Mentor
from cohorts.queries import mentor_obstacle
from mentorship.accounts.models import User
from mentorship.audit.actions import changes, record
from mentorship.common.errors import Refused
from mentorship.people.models import Secretary

from .common import locked, open_stages, refuse_own_case, refuse_unless_stage, save_levels, save_status

PROFILE = [
    "recommender",
    "capacity",
    "base",
    "group_name",
    "focus",
    "specialities",
    "method_name",
    "method_text",
    "honours",
    "available",
    "order",
]


@transaction.atomic
def nominate_mentor(
    *,
    by: User,
    cohort: Cohort,
    secretary: Secretary,
    recommender: str = "",
    capacity: int | None = None,
    **profile: Any,
) -> Mentor:
    """Puts a secretary forward as mentor. `profile` may hold any of PROFILE; capacity defaults to the cohort's rule."""
    locked(cohort)
    refuse_unless_stage(cohort, open_stages())
    if obstacle := mentor_obstacle(cohort, secretary):
        raise Refused(obstacle, field="secretary")
    mentor = Mentor(
        studio=cohort.studio,
        cohort=cohort,
        secretary=secretary,
        recommender=recommender,
        capacity=capacity or cohort.rules.mentees_per_mentor,
        order=cohort.mentors.count(),
    )
    set_profile(mentor, profile)
    mentor.save()
    record(
        by=by,
        verb="mentor.nominated",
        on=mentor,
        studio=cohort.studio_id,
        after={"recommender": recommender, "capacity": mentor.capacity},
    )
    return mentor


def set_profile(mentor: Mentor, profile: Mapping[str, Any]) -> None:
    for name, value in profile.items():
        if name not in PROFILE:
            raise Refused(_("没有这一项：%(name)s。") % {"name": name})
        setattr(mentor, name, value)
    if mentor.base and mentor.base.studio_id != mentor.studio_id:
        raise Refused(_("这个基地是另一个工作室的。"), field="base")


@transaction.atomic
def edit_mentor(*, by: User, mentor: Mentor, **profile: Any) -> Mentor:
    """Changes the profile. The capacity can't go below the places taken now."""
    locked(mentor)
    old = copy.copy(mentor)
    set_profile(mentor, profile)
    taken = max(mentor.pairings.current().values_list("seat", flat=True), default=0)
    if mentor.capacity < taken:
        raise Refused(_("现在的徒弟坐到第%(n)s席，不能再少。") % {"n": taken}, field="capacity")
    before, after = changes(old, mentor, PROFILE)
    if after:
        mentor.save()
        record(by=by, verb="mentor.changed", on=mentor, studio=mentor.studio_id, before=before, after=after)
    return mentor


@transaction.atomic
def assess_mentor(
    *, by: User, mentor: Mentor, ratings: Mapping[str, tuple[str, str]], levels: Mapping[str, int] | None = None
) -> Mentor:
    """考察: `ratings` maps each of Mentor.CRITERIA to (rating, evidence). Evidence is asked for every one.

    `levels` may bring the strengths along, as set_strengths takes them.
    """
    locked(mentor)
    refuse_unless_stage(mentor.cohort, open_stages())
    refuse_own_case(by, mentor)
    if mentor.status not in {MentorStatus.NOMINATED, MentorStatus.ASSESSED}:
        raise Refused(_("%(name)s现在是“%(status)s”，不用再考察。") % words_of(mentor))
    names, old = [], copy.copy(mentor)
    for criterion in Mentor.CRITERIA:
        rating, evidence = ratings.get(criterion, ("", ""))
        if rating not in Rating.values:
            raise Refused(_("三条都要评。"), field=criterion)
        if not evidence.strip():
            raise Refused(_("写一句依据，说说看到了什么。"), field=f"{criterion}_evidence")
        setattr(mentor, criterion, rating)
        setattr(mentor, f"{criterion}_evidence", evidence.strip())
        names += [criterion, f"{criterion}_evidence"]
    mentor.status = MentorStatus.ASSESSED
    mentor.save()
    before, after = changes(old, mentor, [*names, "status"])
    record(by=by, verb="mentor.assessed", on=mentor, studio=mentor.studio_id, before=before, after=after)
    if levels:
        set_strengths(by=by, mentor=mentor, levels=levels)
    return mentor


@transaction.atomic
def set_strengths(*, by: User, mentor: Mentor, levels: Mapping[str, int]) -> None:
    """How far the mentor can teach each subject: code -> 1..5."""
    before, after = save_levels(mentor.strengths, mentor.cohort, levels)
    if after:
        record(by=by, verb="mentor.strengths_set", on=mentor, studio=mentor.studio_id, before=before, after=after)


@transaction.atomic
def appoint_mentor(*, by: User, mentor: Mentor, on: datetime.date | None = None) -> Mentor:
    """聘任, after the rating and within the planned number. `on` defaults to today."""
    cohort = locked(mentor.cohort)
    locked(mentor)
    refuse_unless_stage(cohort, open_stages())
    refuse_own_case(by, mentor)
    if mentor.status != MentorStatus.ASSESSED or not mentor.is_rated:
        raise Refused(_("%(name)s还没有考察完，三条都评过才能聘任。") % {"name": mentor})
    if cohort.mentors.appointed().count() >= cohort.mentors_planned:
        raise Refused(_("计划%(n)s位带教书记，已经聘满。") % {"n": cohort.mentors_planned})
    before, after = save_status(mentor, MentorStatus.APPOINTED, appointed_on=on or cohort.studio.today())
    record(by=by, verb="mentor.appointed", on=mentor, studio=mentor.studio_id, before=before, after=after)
    return mentor


@transaction.atomic
def decline_mentor(*, by: User, mentor: Mentor, reason: str = "") -> Mentor:
    """未聘, or a nomination taken back. A mentor with mentees can't be declined."""
    locked(mentor)
    refuse_unless_stage(mentor.cohort, open_stages())
    refuse_own_case(by, mentor)
    if mentor.pairings.current().exists():
        raise Refused(_("%(name)s还带着徒弟，先调整结对。") % {"name": mentor})
    if mentor.status in {MentorStatus.DECLINED, MentorStatus.ENDED}:
        raise Refused(_("%(name)s现在是“%(status)s”。") % words_of(mentor))
    before, after = save_status(mentor, MentorStatus.DECLINED, appointed_on=None)
    record(
        by=by,
        verb="mentor.declined",
        on=mentor,
        studio=mentor.studio_id,
        before=before,
        after=after | {"reason": reason},
    )
    return mentor


def words_of(mentor: Mentor) -> dict[str, str]:
    return {"name": str(mentor), "status": mentor.get_status_display()}
