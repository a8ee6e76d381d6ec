"""The arithmetic of the ledger: hours by person, track and subject. Plain values in and out, no Django here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

ZERO = Decimal(0)
NO_SUBJECT = ""


class Credit(NamedTuple):
    """One row that gives hours."""

    person: Any
    track: str
    subject: str  # code, empty where the session has none
    hours: Decimal


@dataclass
class Sums:
    """Of one person; every sum is over the same credits."""

    cells: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    tracks: dict[str, Decimal] = field(default_factory=dict)
    subjects: dict[str, Decimal] = field(default_factory=dict)
    total: Decimal = ZERO

    def add(self, credit: Credit) -> None:
        cell = (credit.track, credit.subject)
        self.cells[cell] = self.cells.get(cell, ZERO) + credit.hours
        self.tracks[credit.track] = self.tracks.get(credit.track, ZERO) + credit.hours
        self.subjects[credit.subject] = self.subjects.get(credit.subject, ZERO) + credit.hours
        self.total += credit.hours


def sums_of(credits: Iterable[Credit], people: Sequence[Any]) -> dict[Any, Sums]:
    """Everyone of `people` gets sums, those without a credit empty ones."""
    found = {person: Sums() for person in people}
    for credit in credits:
        if credit.person in found:
            found[credit.person].add(credit)
    return found


def missed(sums: Sums, held: Iterable[str]) -> list[str]:
    """Tracks of `held` without an hour."""
    return [track for track in held if not sums.tracks.get(track)]


def share(total: Decimal, target: int) -> int:
    """Whole percent of the target, at most 100, rounded down: 99 is not yet done."""
    return min(100, int(total * 100 / target)) if target else 100
