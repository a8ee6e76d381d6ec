"""Entries of the calendar: what an app answers when it is asked for its dates (settings.ANSWERS["dates_of"]).

An answer is a tuple of `Dates`, one for each kind of row that has a day.
"""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone


class Asked(NamedTuple):
    """Whose calendar it is, of which studio, and the days, both counted."""

    reader: Any  # a User
    studio: Any  # a Studio
    since: datetime.date
    until: datetime.date

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        return self.since, self.until


class Dates(NamedTuple):
    """`rows` finds, by few and plain conditions, all that could stand in the calendar that is asked for; it may find
    too much. `entries` makes entries of those of them that the reader may see and that have at least one of the days,
    in the same number of queries for any number of rows; it is not asked where there are no rows at all."""

    rows: Callable[[Asked], QuerySet]
    entries: Callable[[Asked, QuerySet], list["Entry"]]


class Bound(NamedTuple):
    """Somebody or something that an entry takes up. A person's key is that of their account, for a mentor without
    one that of their row in the register; a group's is that of its mentor; a base's is its own."""

    key: uuid.UUID
    name: str


@dataclass(frozen=True)
class Entry:
    """`starts` and `ends` are both moments in time, or both whole days with the last one counted. `kind` is a code of
    `evaluations.calendar.choices.EntryKind`, `label` says it more exactly. `people`, `groups` (whose apprentices are
    expected) and `base` are what nobody else should take at the same time; all empty for a deadline or a period.
    `uid` stays the same for ever. `notes` never leaves the house."""

    uid: str
    kind: str
    title: str
    starts: datetime.datetime | datetime.date
    ends: datetime.datetime | datetime.date
    updated: datetime.datetime
    label: str = ""
    place: str = ""
    url: str = ""
    people: tuple[Bound, ...] = ()
    groups: tuple[Bound, ...] = ()
    base: Bound | None = None
    cohort: uuid.UUID | None = None
    mine: bool = False
    cancelled: bool = False
    sequence: int = 0
    notes: str = field(default="", repr=False)

    @property
    def all_day(self) -> bool:
        return not isinstance(self.starts, datetime.datetime)

    @property
    def first(self) -> datetime.date:
        return day_of(self.starts)

    @property
    def last(self) -> datetime.date:
        return day_of(self.ends)

    @property
    def binds(self) -> bool:
        """Whether someone has to be there, so that it can clash with something else."""
        return bool(self.people or self.groups or self.base) and not self.cancelled


def day_of(when: datetime.datetime | datetime.date) -> datetime.date:
    return timezone.localtime(when).date() if isinstance(when, datetime.datetime) else when


def at(day: datetime.date, time: datetime.time | None) -> datetime.datetime | datetime.date:
    """The moment in the studio's time zone; the day itself where there is no time."""
    return timezone.make_aware(datetime.datetime.combine(day, time)) if time else day
