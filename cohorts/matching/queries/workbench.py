"""The workbench: one draft with its beams, the reason of the picked pair, and the price of every change."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cohorts.words import PartRow, part_rows

from .. import words
from ..models import Placement, Proposal
from ..solver import Price, mutual_preferences, price_of_move, price_of_swap, why_unplaced
from .facts import Facts, facts_of
from .standing import Standing, standing_of

BEAMS_A_PAGE = 12
SWAPS_SHOWN = 40
MUTUAL_SHOWN = 12


@dataclass(frozen=True)
class Tablet:
    mentee_id: Any
    name: str
    score: int | None
    low: bool
    pinned: bool
    barred: bool


@dataclass(frozen=True)
class Beam:
    mentor_id: Any
    name: str
    focus: str
    capacity: int
    tablets: list[Tablet]

    @property
    def free(self) -> int:
        return max(0, self.capacity - len(self.tablets))


@dataclass(frozen=True)
class Option:
    """One choice of a select, its price in its words."""

    value: Any
    text: str
    allowed: bool
    price: Price | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Picked:
    mentee_id: Any
    name: str
    meta: str
    mentor_name: str
    tablet: Tablet | None
    parts: list[PartRow]
    moves: list[Option] = field(default_factory=list)
    swaps: list[Option] = field(default_factory=list)
    preview: list[PartRow] = field(default_factory=list)
    preview_words: str = ""
    preview_score: int | None = None

    @property
    def can_move(self) -> bool:
        return any(option.allowed for option in self.moves)

    @property
    def chosen_full(self) -> bool:
        """The reader asked for a full beam: only a swap leads there."""
        return any(option.chosen and not option.allowed for option in self.moves)


@dataclass(frozen=True)
class MutualLine:
    mentee_id: Any
    mentor_id: Any
    mentee: str
    mentor: str
    score: int
    now: int | None
    displaced: str
    displaced_id: Any


@dataclass(frozen=True)
class Workbench:
    proposal: Proposal
    facts: Facts
    standing: Standing
    version: int
    low_line: int
    mean_before: float | None

    @property
    def beams(self) -> list[Beam]:
        held: dict[int, list[int]] = {}
        for row, column in enumerate(self.standing.mentor_of):
            held.setdefault(column, []).append(row)
        return [
            Beam(
                mentor.pk,
                str(mentor),
                mentor.focus or mentor.specialities,
                mentor.capacity,
                [self.tablet(row) for row in held.get(column, [])],
            )
            for column, mentor in enumerate(self.facts.mentors)
        ]

    def tablet(self, row: int) -> Tablet:
        column = self.standing.mentor_of[row]
        score = None if column is None else self.facts.scores[row][column]
        barred = row in self.standing.barred
        return Tablet(
            mentee_id=self.facts.mentees[row].pk,
            name=str(self.facts.mentees[row]),
            score=score,
            low=column is not None and not barred and (score or 0) < self.low_line,
            pinned=row in self.standing.pinned,
            barred=barred,
        )

    @property
    def unplaced(self) -> list[Tablet]:
        return [self.tablet(row) for row in self.standing.solution.unplaced]

    @property
    def free_places(self) -> int:
        return sum(beam.free for beam in self.beams)

    @property
    def low_count(self) -> int:
        return len(self.standing.low(self.low_line))

    @property
    def mean_change(self) -> str:
        """Against the draft before, with its sign; empty for the first draft."""
        if self.mean_before is None or self.standing.mean is None:
            return ""
        return f"{self.standing.mean - self.mean_before:+.1f}".replace("-", "−")

    @property
    def shortages(self) -> list[str]:
        found = why_unplaced(self.standing.problem, self.standing.solution)
        return [words.shortage_words(self.facts, shortage) for shortage in found]

    @property
    def may_place_more(self) -> bool:
        found = why_unplaced(self.standing.problem, self.standing.solution)
        return any(shortage.code == "place_free" for shortage in found)

    @property
    def faults(self) -> list[str]:
        """What has come between since the pairs were made; none of it may be published."""
        barred = [words.bar_words(self.facts, row, self.standing.mentor_of[row]) for row in self.standing.barred]
        return barred + [
            _("%(mentor)s名下超过了%(n)s个名额。")
            % {"mentor": self.facts.mentors[column], "n": self.facts.capacities[column]}
            for column in self.standing.overfull
        ]

    def mutual(self) -> tuple[list[MutualLine], int]:
        """Pairs where both would prefer each other, best gain first, and how many there are in all."""
        pairs = mutual_preferences(self.standing.problem, self.standing.mentor_of)
        scores, mentor_of = self.facts.scores, self.standing.mentor_of

        def gain(pair):
            row, column, _displaced = pair
            now = mentor_of[row]
            return scores[row][column] - (0 if now is None else scores[row][now] or 0)

        lines = []
        for row, column, displaced in sorted(pairs, key=gain, reverse=True)[:MUTUAL_SHOWN]:
            now = mentor_of[row]
            other = None if displaced is None else self.facts.mentees[displaced]
            lines.append(
                MutualLine(
                    self.facts.mentees[row].pk,
                    self.facts.mentors[column].pk,
                    str(self.facts.mentees[row]),
                    str(self.facts.mentors[column]),
                    scores[row][column],
                    None if now is None else scores[row][now],
                    str(other or ""),
                    other and other.pk,
                )
            )
        return lines, len(pairs)

    def picked(self, mentee_id: Any, to: Any = None) -> Picked | None:
        """The panel of one mentee; `to` is the mentor whose price is asked for."""
        row = {str(pk): row for pk, row in self.facts.row_of.items()}.get(str(mentee_id))
        if row is None:
            return None
        columns = {str(pk): column for pk, column in self.facts.column_of.items()}
        column, target = self.standing.mentor_of[row], columns.get(str(to))
        secretary = self.facts.mentees[row].secretary
        facts = [
            str(secretary.community),
            words.months_words(secretary.post_since, secretary.studio.today()),
            _("%(n)s岁") % {"n": secretary.age},
        ]
        return Picked(
            mentee_id=self.facts.mentees[row].pk,
            name=str(self.facts.mentees[row]),
            meta=_("，").join(facts),
            mentor_name="" if column is None else str(self.facts.mentors[column]),
            tablet=None if column is None else self.tablet(row),
            parts=[] if column is None else self.part_lines(row, column),
            moves=self.moves(row, target),
            swaps=self.swaps(row, target),
            preview=[] if target in (None, column) else self.part_lines(row, target),
            preview_words="" if target in (None, column) else self.move_text(row, target),
            preview_score=None if target in (None, column) else self.facts.scores[row][target],
        )

    def part_lines(self, row: int, column: int) -> list[PartRow]:
        return part_rows(self.facts.parts(row, column), self.facts.subjects)

    def moves(self, row: int, target: int | None = None) -> list[Option]:
        """Every other mentor, best price first; those who can't be chosen last, with the reason."""
        options = []
        for column, mentor in enumerate(self.facts.mentors):
            if column == self.standing.mentor_of[row]:
                continue
            price = price_of_move(self.standing.problem, self.standing.mentor_of, row, column)
            options.append(
                Option(mentor.pk, self.move_text(row, column, price), price.allowed, price, chosen=column == target)
            )
        return sorted(options, key=lambda option: (not option.allowed, -(option.price.total_after or -1)))

    def move_text(self, row: int, column: int, price: Price | None = None) -> str:
        price = price or price_of_move(self.standing.problem, self.standing.mentor_of, row, column)
        said = {"mentor": self.facts.mentors[column], "score": self.facts.scores[row][column]}
        if price.why == "barred":
            return _("%(mentor)s（需回避）") % said
        if price.why == "full":
            return _("%(mentor)s（%(score)s分，已满，可以对调）") % said
        if price.why == "pinned":
            return _("%(mentor)s（%(score)s分，先解锁）") % said
        said["price"] = words.price_words(price)
        return _("%(mentor)s（%(score)s分，%(price)s）") % said

    def swaps(self, row: int, target: int | None = None) -> list[Option]:
        """Mentees of other mentors who may change places, best price first; `target` narrows them to one mentor."""
        options = []
        for other, column in enumerate(self.standing.mentor_of):
            if column is None or column == self.standing.mentor_of[row] or target not in (None, column):
                continue
            price = price_of_swap(self.standing.problem, self.standing.mentor_of, row, other)
            if price.allowed:
                options.append(Option(self.facts.mentees[other].pk, self.swap_text(row, other, price), True, price))
        options.sort(key=lambda option: -option.price.total_after)
        return options[:SWAPS_SHOWN]

    def swap_text(self, row: int, other: int, price: Price) -> str:
        there = self.standing.mentor_of[other]
        said = {
            "name": self.facts.mentees[other],
            "mentor": self.facts.mentors[there],
            "score": self.facts.scores[row][there],
            "price": words.price_words(price),
        }
        return _("%(name)s（到%(mentor)s %(score)s分，%(price)s）") % said


def workbench_of(proposal: Proposal) -> Workbench:
    """Reads a draft and its cohort as they are now. The number of queries is the same for any size."""
    facts = facts_of(proposal.cohort, proposal.weights)
    placements = list(Placement.objects.filter(proposal=proposal))
    return Workbench(
        proposal=proposal,
        facts=facts,
        standing=standing_of(facts, placements),
        version=proposal.version,
        low_line=facts.rules.low_score,
        mean_before=mean_of_previous(proposal),
    )


def mean_of_previous(proposal: Proposal) -> float | None:
    """The mean score of the draft before this one, as it was last saved."""
    scores = Placement.objects.filter(
        proposal__cohort=proposal.cohort_id, proposal__number=proposal.number - 1, score__isnull=False
    ).values_list("score", flat=True)
    scores = list(scores)
    return sum(scores) / len(scores) if scores else None
