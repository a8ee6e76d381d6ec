"""Proposals beside each other, and beside what first come or the lot would have brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort

from ..choices import Side
from ..models import Placement, Proposal
from ..solver import first_come, random_pairing
from .facts import Facts, facts_of
from .standing import Standing, standing_at, standing_of

LOT = 1  # the seed of the lot drawn for comparison
STEPS = ((0, 59), (60, 69), (70, 79), (80, 89), (90, 100))


@dataclass(frozen=True)
class ProposalFigures:
    """One proposal with its figures as they were last saved."""

    proposal: Proposal
    scores: tuple[int, ...]
    unplaced: int
    pinned: int
    low: int

    @property
    def floor(self) -> int | None:
        return min(self.scores, default=None)

    @property
    def mean(self) -> float | None:
        return sum(self.scores) / len(self.scores) if self.scores else None


def figures_of(cohort: Cohort, proposals) -> list[ProposalFigures]:
    """Every proposal of the queryset with its figures, in two queries."""
    proposals = list(proposals.select_related("made_by", "published_by", "based_on"))
    held: dict[Any, list] = {proposal.pk: [] for proposal in proposals}
    for row in Placement.objects.filter(proposal__in=held).values("proposal", "mentor", "score", "pinned"):
        held[row["proposal"]].append(row)
    line = cohort.rules.low_score
    figures = []
    for proposal in proposals:
        rows = held[proposal.pk]
        scores = tuple(row["score"] for row in rows if row["score"] is not None)
        figures.append(
            ProposalFigures(
                proposal,
                scores,
                unplaced=sum(row["mentor"] is None for row in rows),
                pinned=sum(row["pinned"] for row in rows),
                low=sum(score < line for score in scores),
            )
        )
    return figures


@dataclass(frozen=True)
class Column:
    """One pairing of the comparison. `proposal` is None for what is only worked out."""

    title: str
    proposal: Proposal | None
    standing: Standing
    low: int
    wished: int
    spread: list[tuple[str, int, int]]  # (label, pairs, share in per cent)

    @property
    def floor(self) -> int | None:
        return self.standing.solution.floor

    @property
    def mean(self) -> float | None:
        return self.standing.mean

    @property
    def total(self) -> int:
        return self.standing.solution.total

    @property
    def unplaced(self) -> int:
        return len(self.standing.solution.unplaced)


@dataclass(frozen=True)
class Moved:
    name: str
    mentors: list[str]


@dataclass(frozen=True)
class Comparison:
    columns: list[Column]
    moved: list[Moved]
    asked: int  # mentees who named anyone, or were named
    low_line: int


def comparison_of(cohort: Cohort, proposals: Sequence[Proposal]) -> Comparison:
    """The proposals, then first come, then a lot: all measured with the cohort's weights of today."""
    facts = facts_of(cohort)
    placements: dict[Any, list[Placement]] = {proposal.pk: [] for proposal in proposals}
    for placement in Placement.objects.filter(proposal__in=placements):
        placements[placement.proposal_id].append(placement)
    columns = [column_of(facts, str(one), standing_of(facts, placements[one.pk]), one) for one in proposals]
    kept = [column.standing.mentor_of for column in columns]
    problem = facts.problem()
    for title, found in (
        (_("如果先到先得"), first_come(problem)),
        (_("如果随机（种子%(seed)s）") % {"seed": LOT}, random_pairing(problem, LOT)),
    ):
        columns.append(column_of(facts, title, standing_at(facts, list(found.mentor_of)), None))
    return Comparison(columns, moved_people(facts, kept), len(with_wishes(facts)), facts.rules.low_score)


def column_of(facts: Facts, title: str, standing: Standing, proposal: Proposal | None) -> Column:
    return Column(
        title,
        proposal,
        standing,
        low=len(standing.low(facts.rules.low_score)),
        wished=wished(facts, standing),
        spread=spread_of(standing.scores),
    )


def spread_of(scores: list[int]) -> list[tuple[str, int, int]]:
    spread = []
    for low, high in STEPS:
        n = sum(low <= score <= high for score in scores)
        label = _("不足%(n)s") % {"n": high + 1} if low == 0 else f"{low}–{high}"
        spread.append((label, n, round(100 * n / len(scores)) if scores else 0))
    return spread


def with_wishes(facts: Facts) -> set[int]:
    """Rows of mentees who wished, or whom a mentor wished for."""
    named = {key for mentor in facts.mentor_facts for key in mentor.wishes}
    return {row for row, mentee in enumerate(facts.mentee_facts) if mentee.wishes or mentee.key in named}


def wished(facts: Facts, standing: Standing) -> int:
    """How many pairs one side or both had wished for."""
    return sum(
        column is not None
        and any(facts.wish_rank(side, row, column) is not None for side in (Side.MENTEE, Side.MENTOR))
        for row, column in enumerate(standing.mentor_of)
    )


def moved_people(facts: Facts, pairings: list[tuple[int | None, ...]]) -> list[Moved]:
    """Mentees whose mentor is not the same in all the proposals."""
    return [
        Moved(str(mentee), ["" if one[row] is None else str(facts.mentors[one[row]]) for one in pairings])
        for row, mentee in enumerate(facts.mentees)
        if len({one[row] for one in pairings}) > 1
    ]
