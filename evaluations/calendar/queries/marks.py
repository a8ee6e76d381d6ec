"""What the days themselves are: holidays, and week-ends that are worked in exchange."""

import datetime
from dataclasses import dataclass

import chinese_calendar
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mentorship.common.working_days import days_from
from mentorship.places.models import Holiday, Studio

SATURDAY = 5
NAMES = {
    "New Year's Day": gettext_lazy("元旦"),
    "Spring Festival": gettext_lazy("春节"),
    "Tomb-sweeping Day": gettext_lazy("清明"),
    "Labour Day": gettext_lazy("劳动节"),
    "Dragon Boat Festival": gettext_lazy("端午"),
    "National Day": gettext_lazy("国庆节"),
    "Mid-autumn Festival": gettext_lazy("中秋"),
}


@dataclass(frozen=True)
class Mark:
    worked: bool
    name: str

    @property
    def sign(self) -> str:
        """班 or 休, as calendars print it."""
        return pgettext("calendar", "班") if self.worked else pgettext("calendar", "休")


def marks_of(studio: Studio, since: datetime.date, until: datetime.date) -> dict[datetime.date, Mark]:
    """Days that are not what their weekday says, by the studio's own table first. One query."""
    rows = Holiday.objects.filter(studio=studio, date__range=(since, until))
    own = {row.date: Mark(row.is_working, row.note or words_for(row.is_working)) for row in rows}
    days = {day: own.get(day) or national(day) for day in days_from(since, until)}
    return {day: mark for day, mark in days.items() if mark}


def national(day: datetime.date) -> Mark | None:
    """None for an ordinary day, and where the library does not know the year yet."""
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    if name is None:
        return None
    said = str(NAMES.get(name, name))
    if off:
        return Mark(False, said)
    return Mark(True, _("调休上班")) if day.weekday() >= SATURDAY else None


def words_for(worked: bool) -> str:
    return _("调休上班") if worked else _("放假")
