"""Deadlines in working days, by the studio's own table of holidays."""

import datetime
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.translation import gettext as _

from mentorship.common.errors import Refused
from mentorship.common.working_days import HolidayDataMissing, Table, is_a_day_to_remind, last_day_of, working_day_after

from .models import Holiday, Studio

T = TypeVar("T")


def last_day(studio: Studio, start: datetime.date, days: int, *, field: str | None = None) -> datetime.date:
    """The last of `days` working days from `start`. Raises Refused where nobody knows yet whether a day is worked."""
    return asked(lambda table: last_day_of(start, days, table), studio, field)


def deadline(studio: Studio, day: datetime.date, days: int, *, field: str | None = None) -> datetime.date:
    """The `days`th working day after `day`. Raises Refused as `last_day` does."""
    return asked(lambda table: working_day_after(day, days, table), studio, field)


def to_remind(studio: Studio, rows: Iterable[T]) -> list[T]:
    """Those of `rows` (each with `due` and `reminded_on`) that are reminded today: three working days before, on the day,
    every third working day after. Left out: what was reminded today, and where nobody knows which days are worked."""
    today, table = studio.today(), Holiday.objects.table_of(studio)
    found = []
    for row in rows:
        try:
            if row.reminded_on != today and is_a_day_to_remind(row.due, today, table):
                found.append(row)
        except HolidayDataMissing:
            continue
    return found


def asked(count: Callable[[Table], datetime.date], studio: Studio, field: str | None) -> datetime.date:
    try:
        return count(Holiday.objects.table_of(studio))
    except HolidayDataMissing as missing:
        raise Refused(
            _("%(day)s是不是工作日还不知道：那一年的放假安排没有数据。请先在节假日表里补上。")
            % {"day": missing.day.isoformat()},
            field=field,
        ) from missing
