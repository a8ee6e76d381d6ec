"""Exact arithmetic on levels: plain values in, Decimal out. No Django here."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
Reading = tuple[datetime.date, str, str, int]  # day, subject code, indicator code, level; oldest first


def one_decimal(value: Decimal) -> Decimal:
    """As published: 3.25 is 3.3."""
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)


def mean(values: Iterable[Decimal | int]) -> Decimal | None:
    """None for nothing: what is missing is never 0."""
    numbers = [Decimal(value) for value in values]
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


def levels_from(latest: Mapping[tuple[str, str], int], start: Mapping[str, int]) -> dict[str, Decimal]:
    """Mean per subject of `latest` ((subject, indicator) to level); a subject without any stands where it began."""
    subjects: dict[str, list[int]] = {}
    for (subject, _indicator), level in latest.items():
        subjects.setdefault(subject, []).append(level)
    return {code: Decimal(level) for code, level in start.items()} | {
        code: sum(map(Decimal, levels)) / len(levels) for code, levels in subjects.items()
    }


def course(
    readings: Sequence[Reading], start: Mapping[str, int], days: Sequence[datetime.date]
) -> list[Decimal | None]:
    """The mean over the subjects on each of `days` (ascending); None while nothing is known."""
    latest: dict[tuple[str, str], int] = {}
    waiting, points = list(reversed(readings)), []
    for day in days:
        while waiting and waiting[-1][0] <= day:
            _day, subject, indicator, level = waiting.pop()
            latest[subject, indicator] = level
        points.append(mean(levels_from(latest, start).values()))
    return points


def month_ends(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The first day, the last day of every month between, and the last day."""
    days, day = [first], first.replace(day=1)
    while True:
        day = (day + datetime.timedelta(days=32)).replace(day=1)
        end = day - datetime.timedelta(days=1)
        if end >= last:
            break
        if end > first:
            days.append(end)
    return [*days, last] if last > first else days
