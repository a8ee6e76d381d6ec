"""Nobody's phone rings in the evening: mail leaves between 7:30 and 20:00."""

import datetime

from django.utils import timezone

FIRST, LAST = datetime.time(7, 30), datetime.time(20, 0)


def next_polite_moment(now: datetime.datetime) -> datetime.datetime | None:
    """None when `now` is a good hour, else the next 7:30 in local time."""
    local = timezone.localtime(now)
    if FIRST <= local.time() < LAST:
        return None
    day = local.date() + datetime.timedelta(days=local.time() >= LAST)
    return timezone.make_aware(datetime.datetime.combine(day, FIRST))
