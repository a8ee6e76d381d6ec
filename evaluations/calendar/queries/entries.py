"""The dates of a studio as one reader may see them, asked of every app that has some."""

import datetime

from django.db.models import Exists

from evaluations.calendar.access import may_see_conflicts
from mentorship.accounts.models import User
from mentorship.common.entries import Asked, Entry
from mentorship.common.plugs import answers_to
from mentorship.places.models import Studio

from .conflicts import Conflict, conflicts_among
from .marks import marks_of

A_YEAR = datetime.timedelta(days=370)


def entries_between(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """Everything with at least one day in between, in order; as many queries for one row as for a thousand.

    One query tells which kinds of rows there are in these days at all; most studios have few at a time, and the
    rules of who may see what are only asked of those.
    """
    asked = Asked(reader, studio, since, until)
    dates = [(each, each.rows(asked)) for answer in answers_to("dates_of") for each in answer]
    there = Studio.objects.filter(pk=studio.pk).values_list(*[Exists(rows) for _, rows in dates]).get()
    found = [
        entry for (each, rows), some in zip(dates, there, strict=True) if some for entry in each.entries(asked, rows)
    ]
    return sorted(found, key=in_order)


def in_order(entry: Entry) -> tuple:
    return (entry.first, not entry.all_day, entry.starts.isoformat(), entry.title, entry.uid)


def coming(reader: User, studio: Studio, count: int, *, mine: bool = False) -> list[Entry]:
    """The next ones that stand, from today's on."""
    today = studio.today()
    found = entries_between(reader, studio, today, today + A_YEAR)
    return [entry for entry in found if entry.first >= today and not entry.cancelled and (entry.mine or not mine)][
        :count
    ]


def conflicts_of(reader: User, studio: Studio, entry: Entry) -> list[Conflict]:
    """What else takes the same people, base or groups while `entry` does, and whether its day is off; empty for
    readers who plan nothing. Only what the reader may see is told."""
    if not entry.binds or not may_see_conflicts(reader, studio):
        return []
    others = [each for each in entries_between(reader, studio, entry.first, entry.last) if each.uid != entry.uid]
    marks = marks_of(studio, entry.first, entry.last)
    return [each for each in conflicts_among([entry, *others], marks) if each.entry is entry]
