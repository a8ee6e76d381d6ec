"""When sessions were logged: a year at a glance, a row a month."""

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from evaluations.logs.models import TeachingLog
from mentorship.common.dates import add_months, month_of

MOST_MONTHS = 36


@dataclass(frozen=True)
class Month:
    """`days`: logs on each day of the month; None after `until`."""

    first: datetime.date
    days: list[int | None]
    minutes: int

    @property
    def logs(self) -> int:
        return sum(filter(None, self.days))

    @property
    def busy_days(self) -> int:
        return sum(bool(count) for count in self.days)

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


def months_of(logs: QuerySet[TeachingLog], until: datetime.date) -> list[Month]:
    """The months from the first log to `until`, latest first, at most three years; empty without a log. One query."""
    days = logs.filter(date__lte=until).order_by().values("date")
    told = {row["date"]: row for row in days.annotate(n=Count("pk", distinct=True), minutes=Sum("minutes"))}
    if not told:
        return []
    first, months = month_of(min(told)), []
    month = month_of(until)
    while month >= first and len(months) < MOST_MONTHS:
        months.append(_month(month, told, until))
        month = add_months(month, -1)
    return months


def _month(first: datetime.date, told: dict, until: datetime.date) -> Month:
    length = calendar.monthrange(first.year, first.month)[1]
    dates = [first.replace(day=day) for day in range(1, length + 1)]
    counts = [told.get(date, {"n": 0})["n"] if date <= until else None for date in dates]
    return Month(first, counts, sum(told[date]["minutes"] for date in dates if date in told))
