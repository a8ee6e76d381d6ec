"""Mentees are recommended by their 街镇, measured on five subjects, then chosen or kept in reserve."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, Stage
from cohorts.models import Cohort, Mentee
from cohorts.queries import candidate_obstacle
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.people.models import Secretary

from .common import locked, open_stages, refuse_own_case, refuse_unless_stage, save_levels, save_status


@transaction.atomic
def recommend_mentee(
    *,
    by: User,
    cohort: Cohort,
    secretary: Secretary,
    reason: str = "",
    agreed: bool = False,
    first_project: str = "",
) -> Mentee:
    """街镇推荐. Refused with the first thing that stands in the way (age, service, another cohort)."""
    locked(cohort)
    refuse_unless_stage(cohort, open_stages())
    if obstacle := candidate_obstacle(cohort, secretary):
        raise Refused(obstacle, field="secretary")
    mentee, _new = Mentee.objects.update_or_create(
        cohort=cohort,
        secretary=secretary,
        defaults={
            "studio": cohort.studio,
            "recommended_by": secretary.community.subdistrict,
            "reason": reason,
            "agreed": agreed,
            "first_project": first_project,
            "status": MenteeStatus.RECOMMENDED,
        },
    )
    record(
        by=by,
        verb="mentee.recommended",
        on=mentee,
        studio=cohort.studio_id,
        after={"recommended_by": mentee.recommended_by.name, "reason": reason, "agreed": agreed},
    )
    return mentee


@transaction.atomic
def set_baseline(*, by: User, mentee: Mentee, levels: Mapping[str, int]) -> None:
    """能力摸底: subject code -> 1..5."""
    refuse_own_case(by, mentee)
    before, after = save_levels(mentee.baseline, mentee.cohort, levels)
    if after:
        record(by=by, verb="mentee.baseline_set", on=mentee, studio=mentee.studio_id, before=before, after=after)


@transaction.atomic
def choose_mentee(*, by: User, mentee: Mentee) -> Mentee:
    """入选, within the planned number. Once the year runs, the way in is substitution."""
    cohort = locked(mentee.cohort)
    locked(mentee)
    if cohort.stage == Stage.RUNNING:
        raise Refused(_("带教已经开始，新学员请走递补。"))
    refuse_unless_stage(cohort, Stage.open_to_selection())
    refuse_own_case(by, mentee)
    refuse_unless_candidate(mentee, {MenteeStatus.RECOMMENDED, MenteeStatus.RESERVE})
    if cohort.mentees.in_training().count() >= cohort.mentees_planned:
        raise Refused(_("计划%(n)s名学员，已经选满。") % {"n": cohort.mentees_planned})
    before, after = save_status(mentee, MenteeStatus.CHOSEN, reserve_rank=None)
    record(by=by, verb="mentee.chosen", on=mentee, studio=mentee.studio_id, before=before, after=after)
    return mentee


@transaction.atomic
def choose_mentees(*, by: User, mentees: Iterable[Mentee]) -> int:
    """All of them or none; returns how many."""
    return len([choose_mentee(by=by, mentee=mentee) for mentee in mentees])


@transaction.atomic
def reserve_mentee(*, by: User, mentee: Mentee) -> Mentee:
    """列入后备, at the end of the list."""
    cohort = locked(mentee.cohort)
    locked(mentee)
    refuse_unless_stage(cohort, open_stages())
    refuse_own_case(by, mentee)
    refuse_unless_candidate(mentee, {MenteeStatus.RECOMMENDED, MenteeStatus.CHOSEN})
    refuse_if_paired(mentee)
    last = max(cohort.mentees.exclude(reserve_rank=None).values_list("reserve_rank", flat=True), default=0)
    before, after = save_status(mentee, MenteeStatus.RESERVE, reserve_rank=last + 1)
    record(by=by, verb="mentee.reserved", on=mentee, studio=mentee.studio_id, before=before, after=after)
    return mentee


@transaction.atomic
def reserve_mentees(*, by: User, mentees: Iterable[Mentee]) -> int:
    """All of them or none, in the order given; returns how many."""
    return len([reserve_mentee(by=by, mentee=mentee) for mentee in mentees])


@transaction.atomic
def decline_mentee(*, by: User, mentee: Mentee, reason: str = "") -> Mentee:
    """未入选. Someone who has a mentor leaves by withdrawal instead."""
    locked(mentee)
    refuse_unless_stage(mentee.cohort, open_stages())
    refuse_own_case(by, mentee)
    refuse_unless_candidate(mentee, {MenteeStatus.RECOMMENDED, MenteeStatus.CHOSEN, MenteeStatus.RESERVE})
    refuse_if_paired(mentee)
    before, after = save_status(mentee, MenteeStatus.DECLINED, reserve_rank=None)
    record(
        by=by,
        verb="mentee.declined",
        on=mentee,
        studio=mentee.studio_id,
        before=before,
        after=after | {"reason": reason},
    )
    return mentee


@transaction.atomic
def move_reserve(*, by: User, mentee: Mentee, up: bool) -> Mentee:
    """Changes places with the neighbour on the reserve list; at its end nothing happens."""
    locked(mentee.cohort)
    locked(mentee)
    refuse_own_case(by, mentee)
    refuse_unless_candidate(mentee, {MenteeStatus.RESERVE})
    others = mentee.cohort.mentees.filter(status=MenteeStatus.RESERVE, reserve_rank__isnull=False)
    if up:
        neighbour = others.filter(reserve_rank__lt=mentee.reserve_rank).order_by("-reserve_rank").first()
    else:
        neighbour = others.filter(reserve_rank__gt=mentee.reserve_rank).order_by("reserve_rank").first()
    if neighbour is None:
        return mentee
    mine, theirs = mentee.reserve_rank, neighbour.reserve_rank
    save_status(neighbour, MenteeStatus.RESERVE, reserve_rank=None)  # ranks are unique at every moment
    before, after = save_status(mentee, MenteeStatus.RESERVE, reserve_rank=theirs)
    save_status(neighbour, MenteeStatus.RESERVE, reserve_rank=mine)
    record(by=by, verb="mentee.reserve_moved", on=mentee, studio=mentee.studio_id, before=before, after=after)
    return mentee


def refuse_unless_candidate(mentee: Mentee, statuses: set[str]) -> None:
    if mentee.status not in statuses:
        raise Refused(
            _("%(name)s现在是“%(status)s”，不能这样改。") % {"name": mentee, "status": mentee.get_status_display()}
        )


def refuse_if_paired(mentee: Mentee) -> None:
    if mentee.pairings.current().exists():
        raise Refused(_("%(name)s已经结对，请走动态调整。") % {"name": mentee})
