"""Days and halves of days, plain values in and out; no Django here."""

import datetime
from collections.abc import Iterator

from borax.calendars.lunardate import LunarDate

from mentorship.common.dates import add_months
from mentorship.common.working_days import days_from

MORNING, AFTERNOON, EVENING = "morning", "afternoon", "evening"
NOON, LUNCH_OVER = datetime.time(12), datetime.time(12, 30)
SUPPER, DUSK = datetime.time(18), datetime.time(18, 30)
MONDAY, SATURDAY = 0, 5
QUIET_BEFORE_NEW_YEAR = 7  # days
Span = tuple[datetime.time | None, datetime.time | None]


def halves_of(starts: datetime.time | None, ends: datetime.time | None) -> list[str]:
    """Halves of a day that a session takes; without times morning and afternoon."""
    if starts is None or ends is None:
        return [MORNING, AFTERNOON]
    taken = {
        MORNING: starts < NOON or ends <= LUNCH_OVER,
        AFTERNOON: starts < SUPPER and ends > LUNCH_OVER,
        EVENING: starts >= SUPPER or ends > DUSK,
    }
    return [half for half, is_taken in taken.items() if is_taken]


def taken_halves(
    first: datetime.date, last: datetime.date, starts: datetime.time | None, ends: datetime.time | None
) -> Iterator[tuple[datetime.date, str]]:
    for day in days_from(first, last):
        for half in halves_of(starts, ends):
            yield day, half


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans of one day touch; one without times takes all day."""
    if None in one or None in other:
        return True
    return one[0] < other[1] and other[0] < one[1]


def before_new_year(day: datetime.date) -> bool:
    """The week before Spring Festival."""
    try:
        first = LunarDate(day.year, 1, 1).to_solar_date()
    except ValueError:
        return False
    return 0 < (first - day).days <= QUIET_BEFORE_NEW_YEAR


def same_day_next_month(day: datetime.date) -> datetime.date:
    """The third Thursday after a third Thursday; after a fifth one the last."""
    first = add_months(day.replace(day=1), 1)
    found = first + datetime.timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * ((day.day - 1) // 7))
    return found if found.month == first.month else found - datetime.timedelta(days=7)
