"""Addresses of calendars, made straight in the database."""

from evaluations.calendar.actions import digest_of
from evaluations.calendar.models import CalendarFeed


def secret_of(user) -> str:
    return f"secret-{user.pk}"


def make_feed(user, studio, **more) -> CalendarFeed:
    return CalendarFeed.objects.create(user=user, studio=studio, digest=digest_of(secret_of(user)), **more)


def what_the_calendar_makes(user, studio) -> dict:
    return {"feed": make_feed(user, studio)}
