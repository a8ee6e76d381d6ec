"""Working days in China: Monday to Friday, as moved about by each year's holiday list, and as corrected by hand.

The list of a year appears in the November before it; the library knows the years up to its own release. Beyond them
nothing is guessed: the caller is told which day is unknown, and organizers fill in the table.
"""

import datetime
from collections.abc import Iterator, Mapping

import chinese_calendar

ONE_DAY = datetime.timedelta(days=1)
REMIND_BEFORE = REMIND_EVERY = 3  # working days
LONGEST = 1000  # days ahead that anyone may ask for; a mistake must not walk for ever

Table = Mapping[datetime.date, bool]  # day -> whether it is worked; goes before the library


class HolidayDataMissing(Exception):
    """Nobody knows yet whether this weekday is a holiday. `day` is the first such day."""

    def __init__(self, day: datetime.date):
        super().__init__(f"no holiday list covers {day.isoformat()}")
        self.day = day


def is_working_day(day: datetime.date, table: Table | None = None) -> bool:
    """Whether `day` is worked. Raises HolidayDataMissing where neither the table nor the library knows."""
    if table and day in table:
        return table[day]
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError as error:
        raise HolidayDataMissing(day) from error


def working_days(start: datetime.date, end: datetime.date, table: Table | None = None) -> list[datetime.date]:
    """The working days from `start` to `end`, both included; empty when `end` comes first."""
    return [day for day in days_from(start, end) if is_working_day(day, table)]


def days_from(start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
    day = start
    while day <= end:
        yield day
        day += ONE_DAY


def working_day_after(day: datetime.date, number: int, table: Table | None = None) -> datetime.date:
    """The `number`th working day after `day`, which itself never counts; 0 gives `day`."""
    if number < 0:
        raise ValueError("counts forward only")
    for _step in range(LONGEST):
        if number == 0:
            return day
        day += ONE_DAY
        number -= is_working_day(day, table)
    raise ValueError("too far ahead")


def last_day_of(start: datetime.date, number: int, table: Table | None = None) -> datetime.date:
    """The last day of a period of `number` working days that may begin on `start` itself."""
    return working_day_after(start - ONE_DAY, number, table)


def is_a_day_to_remind(due: datetime.date, today: datetime.date, table: Table | None = None) -> bool:
    """Three working days before `due`, on it, and every third working day after it (domain.md §2.16). Raises
    HolidayDataMissing as `is_working_day` does."""
    if today == due:
        return True
    if not is_working_day(today, table):
        return False
    if today < due:
        return len(working_days(today + ONE_DAY, due, table)) == REMIND_BEFORE
    return len(working_days(due + ONE_DAY, today, table)) % REMIND_EVERY == 0
