"""Publishing: a draft becomes the pairs of the cohort. Two people may try; one of them succeeds."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions import begin_pairing, start_running
from cohorts.choices import Stage
from cohorts.models import Cohort
from mentorship.accounts.models import User
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both

from ..choices import ProposalStatus
from ..models import Placement, Proposal
from ..queries import placements_digest
from ..solver import why_unplaced
from ..words import bar_words, shortage_words
from .common import Draft, lock_cohort


def first_day(cohort: Cohort) -> datetime.date:
    """The day that publishing offers for the pairs to begin: today, within the cohort."""
    latest = cohort.ends - datetime.timedelta(days=1)
    return min(max(cohort.starts, cohort.studio.today()), latest)


@transaction.atomic
def publish(*, by: User, proposal: Proposal, version: int, starts: datetime.date) -> Proposal:
    """Freezes the draft, makes its pairs from `starts` on, takes the cohort to running and tells everyone.

    All or nothing. Refused unless the cohort is pairing, when someone is unplaced while a place is free, when a
    pair has been barred since, and when a proposal of the cohort has been published already.
    """
    cohort = lock_cohort(proposal.cohort)
    if Proposal.objects.filter(cohort=cohort, status=ProposalStatus.PUBLISHED).exists():
        raise Refused(_("这一批已经发布过方案，一批只发布一次。"))
    if cohort.stage != Stage.PAIRING:
        raise Refused(_("这一批现在是“%(stage)s”，到“配对中”才能发布。") % {"stage": cohort.get_stage_display()})
    if not cohort.starts <= starts < cohort.ends:
        raise Refused(_("结对日期要在这一批的起止日期之内。"), field="starts")
    draft = Draft(proposal, version)
    refuse_unless_sound(draft)
    draft.save()
    proposal = freeze(by, draft)
    begin_all(by, draft, starts)
    start_running(by=by, cohort=cohort)
    tell_everyone(by, draft, starts)
    draft.audit(
        by,
        "pairing.published",
        after={
            "pairs": sum(placement.mentor_id is not None for placement in draft.placements),
            "starts": starts,
            "digest": placements_digest(draft.placements),
        },
    )
    return proposal


def refuse_unless_sound(draft: Draft) -> None:
    facts, standing = draft.facts, draft.standing
    for row in standing.barred:
        raise Refused(bar_words(facts, row, standing.mentor_of[row]))
    for column in standing.overfull:
        raise Refused(_("%(mentor)s名下超过了名额，先移走一名。") % {"mentor": facts.mentors[column]})
    for shortage in why_unplaced(standing.problem, standing.solution):
        if shortage.code == "place_free":
            raise Refused(shortage_words(facts, shortage))
    if not standing.placed:
        raise Refused(_("这一稿还没有一对，不能发布。"))


def freeze(by: User, draft: Draft) -> Proposal:
    proposal = draft.proposal
    proposal.status = ProposalStatus.PUBLISHED
    proposal.published_by, proposal.published_at = by, timezone.now()
    proposal.save()
    others = Proposal.objects.filter(cohort=proposal.cohort_id, status=ProposalStatus.DRAFT)
    others.update(status=ProposalStatus.SET_ASIDE)
    return proposal


def paired(draft: Draft) -> list[Placement]:
    return [placement for placement in draft.placements if placement.mentor_id is not None]


def begin_all(by: User, draft: Draft, starts: datetime.date) -> None:
    for row, placement in enumerate(draft.placements):
        column = draft.standing.mentor_of[row]
        if column is not None:
            begin_pairing(
                by=by,
                mentor=draft.facts.mentors[column],
                mentee=draft.facts.mentees[row],
                starts=starts,
                score=placement.score,
                parts=placement.parts,
                proposal_id=draft.proposal.pk,
            )


def tell_everyone(by: User, draft: Draft, starts: datetime.date) -> None:
    """One notice to each mentor with all of theirs, one to each mentee with theirs; both ask to be acknowledged."""
    cohort, facts = draft.proposal.cohort, draft.facts
    common = {"studio": cohort.studio, "by": by, "needs_acknowledgement": True}
    about = {"cohort": in_both(lambda: cohort), "starts": starts.isoformat()}
    names = {member.pk: in_both(member.__str__) for member in [*facts.mentors, *facts.mentees]}
    for column, mentor in enumerate(facts.mentors):
        mentees = [facts.mentees[row] for row, held in enumerate(draft.standing.mentor_of) if held == column]
        if not mentees:
            continue
        about["mentor"] = names[mentor.pk]
        notify(
            kind="pairing_published_mentor",
            to=[mentor.secretary.user],
            url=reverse("dashboards:mentor_home"),
            particulars=about | {"mentees": [names[mentee.pk] for mentee in mentees]},
            **common,
        )
        about["base"] = in_both(mentor.base.__str__) if mentor.base_id else ""
        for mentee in mentees:
            notify(
                kind="pairing_published_mentee",
                to=[mentee.secretary.user],
                url=reverse("dashboards:mentee_home"),
                particulars=about | {"mentee": names[mentee.pk]},
                **common,
            )
