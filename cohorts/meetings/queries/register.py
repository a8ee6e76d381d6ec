"""Action items by their days."""

import datetime

from cohorts.meetings.models import ActionItem
from mentorship.common.working_days import HolidayDataMissing, is_working_day, working_days
from mentorship.places.models import Holiday, Studio

BEFORE = 3  # working days
EVERY = 3
ONE_DAY = datetime.timedelta(days=1)


def due_to_remind(studio: Studio, today: datetime.date) -> list[ActionItem]:
    """Those whose owner is reminded today: three working days before, on the day, and then every third working day.
    None where nobody knows which days are worked."""
    rows = ActionItem.objects.filter(studio=studio).waiting().exclude(reminded_on=today)
    table = Holiday.objects.table_of(studio)
    found = []
    for item in rows.filter(due__lte=today + datetime.timedelta(days=20)).for_lists():
        try:
            if is_a_day_to_remind(item.due, today, table):
                found.append(item)
        except HolidayDataMissing:
            continue
    return found


def is_a_day_to_remind(due: datetime.date, today: datetime.date, table) -> bool:
    if today <= due:
        return today == due or (
            is_working_day(today, table) and len(working_days(today + ONE_DAY, due, table)) == BEFORE
        )
    return is_working_day(today, table) and len(working_days(due + ONE_DAY, today, table)) % EVERY == 0
