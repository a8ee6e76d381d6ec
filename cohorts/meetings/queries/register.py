"""Action items by their days."""

import datetime

from cohorts.meetings.models import ActionItem
from mentorship.common.working_days import HolidayDataMissing, is_a_day_to_remind
from mentorship.places.models import Holiday, Studio

AHEAD = datetime.timedelta(days=20)  # no holiday is so long that three working days reach further


def due_to_remind(studio: Studio, today: datetime.date) -> list[ActionItem]:
    """Those whose owner is reminded today: three working days before, on the day, and then every third working day.
    Left out where nobody knows which days are worked."""
    rows = ActionItem.objects.filter(studio=studio).waiting().exclude(reminded_on=today)
    table = Holiday.objects.table_of(studio)
    found = []
    for item in rows.filter(due__lte=today + AHEAD).for_lists():
        try:
            if is_a_day_to_remind(item.due, today, table):
                found.append(item)
        except HolidayDataMissing:
            continue
    return found
