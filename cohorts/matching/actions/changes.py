"""Changes of a draft by hand. Each keeps a step, so that `undo` can take it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.common.errors import Refused

from ..models import Proposal
from ..solver import price_of_move, price_of_swap
from ..words import refusal_of
from .common import Draft


@transaction.atomic
def move(*, by: User, proposal: Proposal, version: int, mentee: Mentee, mentor: Mentor) -> Proposal:
    """Gives the mentee, placed or not, to the mentor. Refused when pinned, barred or full, and to the same one."""
    draft = Draft(proposal, version)
    row, column = draft.row(mentee), draft.column(mentor)
    price = price_of_move(draft.problem, draft.mentor_of, row, column)
    if not price.allowed:
        raise Refused(refusal_of(price.why, draft.facts, row, column), field="mentor")
    source = draft.name_of(draft.mentor_of[row])
    draft.put("move", {row: column})
    draft.audit(by, "proposal.moved", {"mentee": str(mentee), "mentor": source}, {"mentor": str(mentor)})
    return draft.proposal


@transaction.atomic
def swap(*, by: User, proposal: Proposal, version: int, mentee: Mentee, other: Mentee) -> Proposal:
    """The two change places. One of them may be unplaced."""
    draft = Draft(proposal, version)
    row, other_row = draft.row(mentee), draft.row(other)
    price = price_of_swap(draft.problem, draft.mentor_of, row, other_row)
    if not price.allowed:
        raise Refused(swap_refusal(draft, price.why, row, other_row), field="other")
    target = {row: draft.mentor_of[other_row], other_row: draft.mentor_of[row]}
    before = {"mentee": str(mentee), "mentor": draft.name_of(draft.mentor_of[row]), "other": str(other)}
    draft.put("swap", target)
    draft.audit(by, "proposal.swapped", before, {"mentor": draft.name_of(target[row])})
    return draft.proposal


def swap_refusal(draft: Draft, why: str, row: int, other: int) -> str:
    """Says which of the two is in the way."""
    places = {row: draft.mentor_of[other], other: draft.mentor_of[row]}
    if why == "pinned":
        row = row if row in draft.problem.pins else other
    if why == "barred":
        barred = [one for one, column in places.items() if column is not None and draft.facts.is_barred(one, column)]
        row = barred[0]
    return refusal_of(why, draft.facts, row, places[row])


@transaction.atomic
def unplace(*, by: User, proposal: Proposal, version: int, mentee: Mentee) -> Proposal:
    draft = Draft(proposal, version)
    row = draft.row(mentee)
    source = draft.mentor_of[row]
    if source is None:
        raise Refused(_("%(name)s本来就没有安排。") % {"name": mentee})
    if row in draft.problem.pins:
        raise Refused(refusal_of("pinned", draft.facts, row, source))
    draft.put("unplace", {row: None})
    draft.audit(by, "proposal.moved", {"mentee": str(mentee), "mentor": draft.name_of(source)}, {"mentor": ""})
    return draft.proposal


@transaction.atomic
def pin(*, by: User, proposal: Proposal, version: int, mentee: Mentee, pinned: bool = True) -> Proposal:
    """Holds the pair where it is (`pinned=False` lets it go): no re-solve and no swap moves it."""
    draft = Draft(proposal, version)
    row = draft.row(mentee)
    column = draft.mentor_of[row]
    if column is None:
        raise Refused(_("%(name)s还没有安排，没有可锁定的。") % {"name": mentee})
    if pinned and draft.facts.is_barred(row, column):
        raise Refused(refusal_of("barred", draft.facts, row, column))
    if draft.placements[row].pinned == pinned:
        return draft.proposal
    draft.put("pin" if pinned else "unpin", {}, {row: pinned})
    verb = "proposal.pinned" if pinned else "proposal.unpinned"
    draft.audit(by, verb, after={"mentee": str(mentee), "mentor": draft.name_of(column)})
    return draft.proposal


@transaction.atomic
def undo(*, by: User, proposal: Proposal, version: int) -> Proposal:
    """Takes the newest step back. People who have left the cohort meanwhile stay away."""
    draft = Draft(proposal, version)
    step = draft.proposal.steps.order_by("-number").first()
    if step is None:
        raise Refused(_("没有可以撤销的步骤。"))
    mentors = {str(mentor.pk): mentor for mentor in draft.facts.mentors}
    placements = {str(placement.pk): placement for placement in draft.placements}
    for placement_id, mentor_id, pinned in step.before:
        if placement := placements.get(placement_id):
            placement.mentor = mentors.get(mentor_id)
            placement.pinned = pinned and placement.mentor is not None
    draft.save()
    draft.audit(by, "proposal.undone", after={"step": step.kind})
    step.delete()
    return draft.proposal
