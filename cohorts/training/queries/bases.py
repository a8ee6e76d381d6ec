"""The bases with what stands in their diary, and the half-days that are still free."""

import datetime
from dataclasses import dataclass

from cohorts.models import Mentor
from cohorts.training.models import BaseBooking
from cohorts.training.planning import AFTERNOON, MORNING
from mentorship.common.working_days import HolidayDataMissing, days_from, is_working_day
from mentorship.places.models import Base, Holiday, Studio

WEEKS = 6
COMING = 4


@dataclass(frozen=True)
class Week:
    """Working days of one week: each (day, morning free, afternoon free)."""

    first: datetime.date
    days: list[tuple[datetime.date, bool, bool]]

    @property
    def free(self) -> int:
        return sum(morning + afternoon for _day, morning, afternoon in self.days)


@dataclass(frozen=True)
class BaseCard:
    base: Base
    hosts: list[Mentor]
    coming: list[BaseBooking]  # one for each session or meeting, the next first
    weeks: list[Week]

    @property
    def free(self) -> int:
        return sum(week.free for week in self.weeks)


def bases_of(studio: Studio, today: datetime.date) -> list[BaseCard]:
    """Every base of the studio, with the six weeks from today; four queries however many there are."""
    last = today + datetime.timedelta(weeks=WEEKS) - datetime.timedelta(days=1)
    bookings: dict = {}
    for row in BaseBooking.objects.filter(studio=studio, date__gte=today).for_lists():
        bookings.setdefault(row.base_id, []).append(row)
    hosts: dict = {}
    for mentor in Mentor.objects.appointed().filter(base__studio=studio, cohort__ends__gte=today).for_lists():
        hosts.setdefault(mentor.base_id, []).append(mentor)
    worked = working(studio, today, last)
    bases = Base.objects.filter(studio=studio).select_related("community__subdistrict")
    return [card_of(base, hosts.get(base.pk, []), bookings.get(base.pk, []), worked) for base in bases]


def card_of(base: Base, hosts: list[Mentor], rows: list[BaseBooking], worked: list[datetime.date]) -> BaseCard:
    taken = {(row.date, row.half) for row in rows}
    weeks: dict[datetime.date, list] = {}
    for day in worked:
        monday = day - datetime.timedelta(days=day.weekday())
        weeks.setdefault(monday, []).append((day, (day, MORNING) not in taken, (day, AFTERNOON) not in taken))
    coming = list({row.session_id or row.other: row for row in reversed(rows)}.values())[::-1][:COMING]
    return BaseCard(base, hosts, coming, [Week(days[0][0], days) for days in weeks.values()])


def working(studio: Studio, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Working days; where nobody knows the holidays yet, Monday to Friday."""
    table = Holiday.objects.table_of(studio)

    def is_worked(day):
        try:
            return is_working_day(day, table)
        except HolidayDataMissing:
            return day.weekday() < 5

    return [day for day in days_from(first, last) if is_worked(day)]
