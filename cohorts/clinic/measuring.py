"""The figures of the clinic: plain values in, counts, shares and middles out. No Django here.

Nothing is guessed. What is missing stays None: a share of nothing, and a number of working days across a day of which
nobody knows whether it is worked."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from mentorship.common.dates import add_months, month_of
from mentorship.common.working_days import HolidayDataMissing, Table, days_from, is_working_day

OPEN_AFTER = (30, 90)  # days after sending, domain.md §2.17
MOST_MONTHS = 13  # columns; what was sent earlier stands in one more


@dataclass(frozen=True)
class Facts:
    """One case that was sent in. Codes are those of `choices`; "" where nothing was said. `escalated`: it ever was."""

    category: str
    state: str
    urgency: str
    date: datetime.date
    subdistrict: str = ""
    level: str = ""
    outcome: str = ""
    sensitive: bool = False
    first_opinion_on: datetime.date | None = None
    closed_on: datetime.date | None = None
    escalated: bool = False
    reopened: int = 0


@dataclass(frozen=True)
class Asked:
    """One mentor who was asked and didn't decline: promised by `due`, answered on `on`."""

    due: datetime.date | None
    on: datetime.date | None = None


@dataclass(frozen=True)
class Share:
    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Without decimals, half up; None for a share of nothing."""
        return None if self.whole == 0 else (200 * self.part + self.whole) // (2 * self.whole)


@dataclass(frozen=True)
class Duration:
    """In working days. `middle` and `slowest` are None where nothing could be counted; `unknown`: how many run over a day
    of which nobody knows whether it is worked."""

    count: int
    middle: Decimal | None
    slowest: int | None
    unknown: int

    @property
    def plural(self) -> int:
        """For the words beside the middle, which may be no whole number."""
        return 1 if self.middle == 1 else 2


@dataclass(frozen=True)
class Strip:
    """One category: cases a month, and what was sent before the first of them. `open`: how many are not sensitive."""

    category: str
    months: Sequence[int]
    earlier: int
    open: int

    @property
    def total(self) -> int:
        return self.earlier + sum(self.months)


@dataclass(frozen=True)
class Measured:
    total: int
    closed: int
    sensitive: int
    months: Sequence[datetime.date]
    strips: Sequence[Strip]  # most cases first
    by_state: Counter
    by_urgency: Counter
    by_subdistrict: Counter  # without the sensitive
    by_level: Counter  # of those closed out; "" where none was said
    by_outcome: Counter
    first_opinion: Duration
    close: Duration
    in_time: Share
    still_open: dict[int, Share]
    escalated: int
    reopened: int
    checks: dict[str, Counter] = field(default_factory=dict)  # kind of check to results

    @property
    def first_month(self) -> datetime.date | None:
        return self.months[0] if self.months else None

    @property
    def last_month(self) -> datetime.date | None:
        return self.months[-1] if self.months else None

    @property
    def has_earlier(self) -> bool:
        return any(strip.earlier for strip in self.strips)

    @property
    def highest(self) -> int:
        return max((count for strip in self.strips for count in strip.months), default=0)


def measured(
    cases: Sequence[Facts],
    asked: Iterable[Asked],
    checks: Iterable[tuple[str, str]],
    today: datetime.date,
    table: Table | None = None,
) -> Measured:
    """`checks`: (kind, result) of every check that was made. `table`: the studio's own holidays."""
    closed = [case for case in cases if case.closed_on]
    months = months_between([case.date for case in cases])
    days = counter_of([*stretches(cases)], table)
    results: dict[str, Counter] = {}
    for kind, result in checks:
        results.setdefault(kind, Counter())[result] += 1
    return Measured(
        total=len(cases),
        closed=len(closed),
        sensitive=sum(case.sensitive for case in cases),
        months=months,
        strips=strips_of(cases, months),
        by_state=Counter(case.state for case in cases),
        by_urgency=Counter(case.urgency for case in cases),
        by_subdistrict=Counter(case.subdistrict for case in cases if not case.sensitive),
        by_level=Counter(case.level for case in closed),
        by_outcome=Counter(case.outcome for case in closed),
        first_opinion=duration([(case.date, case.first_opinion_on) for case in cases if case.first_opinion_on], days),
        close=duration([(case.date, case.closed_on) for case in closed], days),
        in_time=in_time(asked, today),
        still_open={after: still_open(cases, after, today) for after in OPEN_AFTER},
        escalated=sum(case.escalated for case in cases),
        reopened=sum(case.reopened > 0 for case in cases),
        checks=results,
    )


def months_between(days: Sequence[datetime.date]) -> list[datetime.date]:
    """The first day of each month from the first to the last of `days`, the last MOST_MONTHS of them."""
    if not days:
        return []
    month, last = month_of(min(days)), month_of(max(days))
    found = [month]
    while month < last:
        month = add_months(month, 1)
        found.append(month)
    return found[-MOST_MONTHS:]


def strips_of(cases: Iterable[Facts], months: Sequence[datetime.date]) -> list[Strip]:
    counts = Counter((case.category, month_of(case.date)) for case in cases)
    totals = Counter(case.category for case in cases)
    plain = Counter(case.category for case in cases if not case.sensitive)
    strips = []
    for category in sorted(totals, key=lambda each: (-totals[each], each)):
        row = [counts[category, month] for month in months]
        strips.append(Strip(category, row, totals[category] - sum(row), plain[category]))
    return strips


def in_time(asked: Iterable[Asked], today: datetime.date) -> Share:
    """Opinions given by the promised day, of those that were given or should have been by now."""
    due = [each for each in asked if each.due and (each.on or each.due < today)]
    return Share(sum(each.on is not None and each.on <= each.due for each in due), len(due))


def still_open(cases: Iterable[Facts], after: int, today: datetime.date) -> Share:
    """Not closed out `after` days after sending, or opened again since; of those sent that long ago."""
    span = datetime.timedelta(days=after)
    old = [case for case in cases if case.date + span <= today]
    return Share(sum(case.closed_on is None or case.closed_on > case.date + span for case in old), len(old))


# Working days


def stretches(cases: Iterable[Facts]) -> Iterable[tuple[datetime.date, datetime.date]]:
    for case in cases:
        for end in (case.first_opinion_on, case.closed_on):
            if end:
                yield case.date, end


def counter_of(
    spans: Sequence[tuple[datetime.date, datetime.date]], table: Table | None
) -> Callable[[datetime.date, datetime.date], int | None]:
    """Counts the working days after a first day up to a last one; None where one of the days is unknown. Every day is
    looked up once, however many spans run over it."""
    worked, unknown = {}, {}
    if spans:
        first = min(start for start, _end in spans)
        so_far = missing = 0
        for day in days_from(first, max(end for _start, end in spans)):
            state = state_of(day, table)
            missing += state is None
            so_far += bool(state)
            worked[day], unknown[day] = so_far, missing

    def between(start: datetime.date, end: datetime.date) -> int | None:
        if end <= start:
            return 0
        return None if unknown[end] != unknown[start] else worked[end] - worked[start]

    return between


def state_of(day: datetime.date, table: Table | None) -> bool | None:
    try:
        return is_working_day(day, table)
    except HolidayDataMissing:
        return None


def duration(spans: Sequence[tuple[datetime.date, datetime.date]], days: Callable) -> Duration:
    counted = [days(start, end) for start, end in spans]
    known = [number for number in counted if number is not None]
    middle = Decimal(str(median(known))) if known else None
    return Duration(len(known), middle, max(known, default=None), len(counted) - len(known))
