"""Addresses of calendars, made straight in the database."""

from evaluations.calendar.actions import digest_of
from evaluations.calendar.models import CalendarFeed


def make_feed(user, studio, secret="secret", **more) -> CalendarFeed:
    return CalendarFeed.objects.create(user=user, studio=studio, digest=digest_of(f"{secret}{user.pk}"), **more)


def what_the_calendar_makes(user, studio) -> dict:
    return {"feed": make_feed(user, studio)}
