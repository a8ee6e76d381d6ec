"""Making, copying, re-solving and setting aside whole proposals."""

import secrets
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from ..choices import Method, ProposalStatus
from ..models import Placement, Proposal
from ..queries import Facts, facts_of, weights_of
from ..solver import InvalidProblem, first_come, random_pairing, resolve, solve
from .common import Draft, lock_cohort, lock_draft, refuse_unless_open, save_placements


@transaction.atomic
def propose(*, by: User, cohort: Cohort, method: str = Method.SOLVED, seed: int | None = None) -> Proposal:
    """A new draft of the whole cohort: solved, first come or drawn by lot (`seed`, else one is drawn and kept)."""
    if method not in {Method.SOLVED, Method.FIRST_COME, Method.RANDOM}:
        raise Refused(_("没有这种配对办法。"))
    cohort = lock_cohort(cohort)
    refuse_unless_open(cohort)
    facts = facts_of(cohort)
    if not facts.mentors:
        raise Refused(_("还没有受聘的带教书记，先去聘任。"))
    if not facts.mentees:
        raise Refused(_("还没有选定的学员，先去选定。"))
    if method == Method.RANDOM:
        seed = secrets.randbelow(10_000) if seed is None else seed
    return new_draft(by, facts, method=method, mentor_of=pairing_by(method, facts, seed), seed=seed)


def pairing_by(method: str, facts: Facts, seed: int | None) -> tuple[int | None, ...]:
    problem = facts.problem()
    if method == Method.FIRST_COME:
        return first_come(problem).mentor_of
    if method == Method.RANDOM:
        return random_pairing(problem, seed).mentor_of
    return solve(problem).mentor_of


def new_draft(
    by: User,
    facts: Facts,
    *,
    method: str,
    mentor_of: Sequence[int | None],
    seed: int | None = None,
    pins: Collection[int] = (),
    based_on: Proposal | None = None,
    weights: dict[str, int] | None = None,
) -> Proposal:
    """Writes a draft under the next number. The cohort is locked by the caller."""
    cohort = facts.cohort
    last = cohort.proposals.order_by("-number").values_list("number", flat=True).first() or 0
    proposal = Proposal.objects.create(
        studio=cohort.studio,
        cohort=cohort,
        number=last + 1,
        method=method,
        seed=seed,
        made_by=by,
        weights=weights or weights_of(facts.rules),
        based_on=based_on,
    )
    placements = [
        Placement(
            studio=cohort.studio,
            proposal=proposal,
            mentee=mentee,
            mentor=None if column is None else facts.mentors[column],
            pinned=row in pins,
        )
        for row, (mentee, column) in enumerate(zip(facts.mentees, mentor_of, strict=True))
    ]
    Placement.objects.bulk_create(placements)
    save_placements(facts, placements)
    after = {"method": method, "seed": seed, "based_on": based_on.number if based_on else None}
    record(
        by=by,
        verb="proposal.copied" if based_on else "proposal.made",
        on=proposal,
        studio=cohort.studio_id,
        after={name: value for name, value in after.items() if value is not None},
    )
    return proposal


@transaction.atomic
def copy(*, by: User, proposal: Proposal) -> Proposal:
    """The same pairing as a new draft, pins and weights included. A published or set-aside one may be copied too."""
    cohort = lock_cohort(proposal.cohort)
    refuse_unless_open(cohort)
    facts = facts_of(cohort, proposal.weights)
    kept = {placement.mentee_id: placement for placement in proposal.placements.all()}
    mentor_of, pins = [], set()
    for row, mentee in enumerate(facts.mentees):
        placement = kept.get(mentee.pk)
        column = facts.column_of.get(placement.mentor_id) if placement else None
        mentor_of.append(column)
        if column is not None and placement.pinned:
            pins.add(row)
    return new_draft(
        by, facts, method=Method.COPIED, mentor_of=mentor_of, pins=pins, based_on=proposal, weights=proposal.weights
    )


@transaction.atomic
def resolve_again(*, by: User, proposal: Proposal, version: int, max_moves: int | None = None) -> Proposal:
    """The best pairing again, pins kept; with `max_moves` at most so many placed mentees change their mentor."""
    draft = Draft(proposal, version)
    try:
        if max_moves is None:
            found = solve(draft.problem)
        else:
            found = resolve(draft.problem, draft.mentor_of, max_moves).solution
    except InvalidProblem as invalid:
        if invalid.code == "too_few_moves":
            raise Refused(_("回避或名额变了，只动这么几对排不下，请放宽几对。"), field="max_moves") from invalid
        raise
    target = {
        row: column
        for row, (now, column) in enumerate(zip(draft.mentor_of, found.mentor_of, strict=True))
        if now != column
    }
    if not target:
        raise Refused(_("锁定不动的前提下，现在已经是最好的安排，没有要动的。"))
    draft.put("resolve", target)
    draft.audit(by, "proposal.resolved", after={"changed": len(target), "max_moves": max_moves})
    return draft.proposal


@transaction.atomic
def set_aside(*, by: User, proposal: Proposal, version: int) -> Proposal:
    proposal = lock_draft(proposal, version)
    proposal.status = ProposalStatus.SET_ASIDE
    proposal.save(update_fields=["status", "updated_at"])
    record(by=by, verb="proposal.set_aside", on=proposal, studio=proposal.studio_id)
    return proposal
