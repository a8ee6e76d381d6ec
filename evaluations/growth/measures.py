"""Exact arithmetic on levels: plain values in, Decimal out. No Django here."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
Reading = tuple[datetime.date, str, str, int]  # day, subject code, indicator code ("": all of it), level; oldest first


def one_decimal(value: Decimal) -> Decimal:
    """As published: 3.25 is 3.3."""
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)


def mean(values: Iterable[Decimal | int]) -> Decimal | None:
    """None for nothing: what is missing is never 0."""
    numbers = [Decimal(value) for value in values]
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


def blended(total: int, rated: int, whole: int | None, size: int) -> Decimal:
    """A subject's level: the mean of its `rated` indicators, whose levels add up to `total`; where a level of the whole
    subject stands, it holds for each of the `size` indicators that was not rated since."""
    if whole is None:
        return Decimal(total) / rated
    size = max(size, rated, 1)
    return Decimal(total + (size - rated) * whole) / size


def levels_from(
    latest: Mapping[tuple[str, str], int],
    start: Mapping[str, int],
    wholes: Mapping[str, int] | None = None,
    sizes: Mapping[str, int] | None = None,
) -> dict[str, Decimal]:
    """Level per subject of `latest` ((subject, indicator) to level) and `wholes` (subject to a level of all of it, older
    than `latest`); a subject without either stands where it began. `sizes`: how many indicators a subject has."""
    subjects: dict[str, list[int]] = {code: [] for code in wholes or {}}
    for (subject, _indicator), level in latest.items():
        subjects.setdefault(subject, []).append(level)
    return {code: Decimal(level) for code, level in start.items()} | {
        code: blended(sum(levels), len(levels), (wholes or {}).get(code), (sizes or {}).get(code, 0))
        for code, levels in subjects.items()
    }


def course(
    readings: Sequence[Reading],
    start: Mapping[str, int],
    days: Sequence[datetime.date],
    sizes: Mapping[str, int] | None = None,
) -> list[Decimal | None]:
    """The mean over the subjects on each of `days` (ascending); None while nothing is known."""
    return [mean(levels.values()) for levels in levels_over(readings, start, days, sizes)]


def levels_over(
    readings: Sequence[Reading],
    start: Mapping[str, int],
    days: Sequence[datetime.date],
    sizes: Mapping[str, int] | None = None,
) -> Iterator[dict[str, Decimal]]:
    """Level per subject on each of `days` (ascending)."""
    latest: dict[tuple[str, str], int] = {}
    wholes: dict[str, int] = {}
    waiting = list(reversed(readings))
    for day in days:
        while waiting and waiting[-1][0] <= day:
            _day, subject, indicator, level = waiting.pop()
            if indicator:
                latest[subject, indicator] = level
            else:
                wholes[subject] = level
                latest = {key: each for key, each in latest.items() if key[0] != subject}
        yield levels_from(latest, start, wholes, sizes)


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
