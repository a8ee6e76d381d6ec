"""Entries written as iCalendar (RFC 5545): title, time, place and link, and nothing else of what the house knows."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from mentorship.common.entries import Entry

DOMAIN = "daliang-studio"  # of the identifiers only; they never change, whatever host the site runs on
PRODUCT = "-//Daliang Studio//Calendar//ZH"
REFRESH = datetime.timedelta(hours=6)
ONE_DAY = datetime.timedelta(days=1)
ZONE = ZoneInfo(settings.TIME_ZONE)


def calendar_of(entries: Iterable[Entry], *, name: str, site: str) -> bytes:
    """A whole calendar. `site` stands before the entries' addresses: https://host, without a slash at its end.

    The same entries give the same bytes: no moment of writing stands in it.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(event_of(entry, site))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event_of(entry: Entry, site: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{DOMAIN}")
    # Without a METHOD the stamp is the time of the last revision, as LAST-MODIFIED is (RFC 5545, 3.8.7.2).
    stamp = entry.updated.astimezone(datetime.UTC).replace(microsecond=0)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    if entry.all_day:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + ONE_DAY)  # the first day that no longer counts
    else:
        event.add("dtstart", entry.starts.astimezone(ZONE))
        event.add("dtend", entry.ends.astimezone(ZONE))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.binds else "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place)
    if entry.url:
        event.add("url", f"{site}{entry.url}")
    return event
