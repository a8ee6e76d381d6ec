"""How a panel counts. Plain values in, plain values out; nothing here knows a database or a language.

The default is the panel's rule of domain.md §3.6: two thirds of those due must be there, and more than half of those
due must agree, however many stayed away. Other meetings count otherwise, so the rule is a value and not a habit.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

BASES = ("due", "present", "voting")
PASSED, NOT_PASSED, DEFERRED = "passed", "not_passed", "deferred"


class WrongCount(ValueError):
    """Figures that no meeting can have had."""


@dataclass(frozen=True)
class Outcome:
    """What the figures come to, with every figure that it rests on."""

    result: str
    needed: int  # votes in favour that were needed
    base: int  # of how many
    quorum: int
    due: int
    present: int
    agree: int
    disagree: int
    defer: int
    recused: int

    @property
    def voted(self) -> int:
        return self.agree + self.disagree + self.defer


@dataclass(frozen=True)
class VoteRule:
    """`quorum` is the share of those due who must be present; `majority` the share of the base that the votes in favour
    must exceed. `majority_base` says of whom: those due, those present, or those who voted."""

    quorum: Fraction = Fraction(2, 3)
    majority_base: str = "due"
    majority: Fraction = Fraction(1, 2)

    def __post_init__(self):
        if self.majority_base not in BASES:
            raise ValueError(f"majority_base is one of {BASES}")
        if not 0 < self.quorum <= 1 or not 0 <= self.majority < 1:
            raise ValueError("quorum is a share above 0 and up to 1, majority a share below 1")

    def quorum_of(self, due: int) -> int:
        """How many must be there, rounded up: 6 of 9, 7 of 10."""
        return math.ceil(self.quorum * due)

    def may_open(self, due: int, present: int) -> bool:
        return due > 0 and present >= self.quorum_of(due)

    def needed(self, due: int, present: int, voting: int) -> int:
        """The least number of votes in favour that is more than the share of the base."""
        return math.floor(self.majority * self.base(due, present, voting)) + 1

    def base(self, due: int, present: int, voting: int) -> int:
        return {"due": due, "present": present, "voting": voting}[self.majority_base]

    def outcome(self, due: int, present: int, agree: int, disagree: int, defer: int = 0, recused: int = 0) -> Outcome:
        """Passed: enough agree. Deferred: not enough agree, but those who would rather wait could still make it enough.
        Not passed: not even with them. The recused are counted as due, and as present when they came.

        Raises WrongCount for figures that cannot be.
        """
        figures = (due, present, agree, disagree, defer, recused)
        if any(figure < 0 for figure in figures) or due < 1:
            raise WrongCount("figures start at 0, and someone must be due")
        if present > due:
            raise WrongCount("more present than due")
        if agree + disagree + defer + recused > present:
            raise WrongCount("more votes than members who may vote")
        if not self.may_open(due, present):
            raise WrongCount("a vote without quorum is void")
        voting = agree + disagree + defer
        needed = self.needed(due, present, voting)
        if agree >= needed:
            result = PASSED
        elif agree + defer >= needed:
            result = DEFERRED
        else:
            result = NOT_PASSED
        return Outcome(result, needed, self.base(due, present, voting), self.quorum_of(due), *figures)

    def may_reopen(self, due: int, in_favour: int) -> bool:
        """A decision is taken up again only when more than half of all members want it."""
        return in_favour * 2 > due
