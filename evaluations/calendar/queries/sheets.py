"""A month laid out in weeks: what stands on each day, and the bands of what lasts for days."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from mentorship.common.dates import add_months
from mentorship.common.entries import Entry

from .marks import Mark

ONE_DAY = datetime.timedelta(days=1)


@dataclass
class Band:
    """A piece of an entry of several days within one week: from `column` on, `width` days wide, in row `lane`."""

    entry: Entry
    column: int
    width: int
    lane: int
    goes_on: bool  # began in an earlier week

    @property
    def place(self) -> str:
        return f"cal-c{self.column} cal-w{self.width}"


@dataclass
class Day:
    date: datetime.date
    in_month: bool
    mark: Mark | None
    is_today: bool
    entries: list[Entry] = field(default_factory=list)
    covered: int = 0  # how many bands run over it

    @property
    def is_weekend(self) -> bool:
        return self.date.weekday() >= 5

    @property
    def is_off(self) -> bool:
        return not self.mark.worked if self.mark else self.is_weekend

    @property
    def dots(self) -> list[Entry]:
        return self.entries[:3]


@dataclass
class Week:
    days: list[Day]
    bands: list[list[Band]]  # one list for each lane

    @property
    def lanes(self) -> int:
        return len(self.bands)


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
        days = [
            Day(day, day.month == month.month, marks.get(day), day == today, by_day.get(day, [])) for day in dates
        ]
        bands = bands_of(long, dates)
        for band in (band for lane in bands for band in lane):
            for day in days[band.column - 1 : band.column - 1 + band.width]:
                day.covered += 1
        weeks.append(Week(days, bands))
        monday += 7 * ONE_DAY
    return weeks


def bands_of(entries: Sequence[Entry], dates: list[datetime.date]) -> list[list[Band]]:
    """Lanes from the top: each band in the first lane that is free where it runs."""
    lanes: list[list[Band]] = []
    for entry in entries:
        start, end = max(entry.first, dates[0]), min(entry.last, dates[-1])
        if start > end:
            continue
        column, width = (start - dates[0]).days + 1, (end - start).days + 1
        free = (n for n, lane in enumerate(lanes) if lane[-1].column + lane[-1].width <= column)
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(Band(entry, column, width, lane, entry.first < dates[0]))
    return lanes
