"""A month laid out in weeks: what stands on each day, and the bands of what lasts for days."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.dateformat import format as weekday_name

from mentorship.common.dates import add_months
from mentorship.common.entries import Entry

from .marks import Mark

ONE_DAY = datetime.timedelta(days=1)


@dataclass
class Day:
    date: datetime.date
    in_month: bool
    mark: Mark | None
    is_today: bool
    entries: list[Entry] = field(default_factory=list)
    covered: int = 0  # how many entries of several days run over it

    @property
    def is_weekend(self) -> bool:
        return self.date.weekday() >= 5

    @property
    def initial(self) -> str:
        """一, Mo: the weekday where there is room for no more."""
        name = weekday_name(self.date, "l")
        return name[:2] if name.isascii() else name[-1]

    @property
    def is_off(self) -> bool:
        return not self.mark.worked if self.mark else self.is_weekend

    @property
    def count(self) -> int:
        return len(self.entries) + self.covered

    @property
    def dots(self) -> range:
        """As many as fit under a number on a telephone."""
        return range(min(self.count, 3))


@dataclass
class Cell:
    """Columns of one lane of a week: an entry of several days, or one day that the lane leaves free."""

    width: int
    day: Day
    entry: Entry | None = None
    goes_on: bool = False  # began in an earlier week


@dataclass
class Week:
    days: list[Day]
    lanes: list[list[Cell]]


def grid_of(month: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The Monday on or before its first day, and the Sunday on or after its last."""
    last = add_months(month, 1) - ONE_DAY
    return month - ONE_DAY * month.weekday(), last + ONE_DAY * (6 - last.weekday())


def weeks_of(
    month: datetime.date, entries: Sequence[Entry], marks: dict[datetime.date, Mark], today: datetime.date
) -> list[Week]:
    """`entries` in order; those of several days become bands, the others stand on their day."""
    first, last = grid_of(month)
    long = [entry for entry in entries if entry.last > entry.first]
    by_day: dict[datetime.date, list[Entry]] = {}
    for entry in entries:
        if entry.last == entry.first:
            by_day.setdefault(entry.first, []).append(entry)
    weeks = []
    monday = first
    while monday <= last:
        dates = [monday + ONE_DAY * n for n in range(7)]
        days = [Day(day, day.month == month.month, marks.get(day), day == today, by_day.get(day, [])) for day in dates]
        for each in days:
            each.covered = sum(entry.first <= each.date <= entry.last for entry in long)
        weeks.append(Week(days, lanes_of(long, days)))
        monday += 7 * ONE_DAY
    return weeks


def lanes_of(entries: Sequence[Entry], days: list[Day]) -> list[list[Cell]]:
    """Each entry in the first lane that is free where it runs; every lane has a cell for each of its seven days."""
    lanes: list[list[Cell]] = []
    taken: list[int] = []  # how many columns of each lane are used up
    for entry in entries:
        start, end = max(entry.first, days[0].date), min(entry.last, days[-1].date)
        if start > end:
            continue
        column, width = (start - days[0].date).days, (end - start).days + 1
        lane = next((n for n, used in enumerate(taken) if used <= column), len(lanes))
        if lane == len(lanes):
            lanes.append([])
            taken.append(0)
        lanes[lane] += [Cell(1, day) for day in days[taken[lane] : column]]
        lanes[lane].append(Cell(width, days[column], entry, entry.first < days[0].date))
        taken[lane] = column + width
    for lane, used in zip(lanes, taken, strict=True):
        lane += [Cell(1, day) for day in days[used:]]
    return lanes
