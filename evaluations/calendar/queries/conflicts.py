"""Who or what is taken twice at once, and who is called on a day off. Plain values in and out; warnings, never bars."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.common.entries import Bound, Entry
from mentorship.common.working_days import days_from

from .marks import SATURDAY, Mark

Span = tuple[datetime.time, datetime.time]
ALL_DAY: Span = (datetime.time.min, datetime.time.max)


@dataclass(frozen=True)
class Conflict:
    """`other` is None where the day itself is the matter."""

    day: datetime.date
    entry: Entry
    other: Entry | None
    words: str


def span_of(entry: Entry) -> Span:
    """The hours it takes of each of its days."""
    if entry.all_day:
        return ALL_DAY
    first, last = timezone.localtime(entry.starts).time(), timezone.localtime(entry.ends).time()
    return (first, last) if first < last else (first, datetime.time.max)


def conflicts_among(entries: Iterable[Entry], marks: dict[datetime.date, Mark]) -> list[Conflict]:
    """Each pair that clashes once, on the first day it does; then each entry on a day off. In order of days."""
    by_day: dict[datetime.date, list[Entry]] = defaultdict(list)
    found: list[Conflict] = []
    for entry in entries:
        if entry.binds:
            for day in days_from(entry.first, entry.last):
                by_day[day].append(entry)
            found += on_days_off(entry, marks)
    told = set()
    for day, rows in by_day.items():
        for one, other in combinations(rows, 2):
            if (one.uid, other.uid) not in told and (words := clash_of(one, other)):
                told.add((one.uid, other.uid))
                found.append(Conflict(day, one, other, words))
    return sorted(found, key=lambda each: (each.day, each.other is None, each.entry.title))


def on_days_off(entry: Entry, marks: dict[datetime.date, Mark]) -> Iterator[Conflict]:
    """Told once, of its first day that is not worked: a holiday, or a week-end that is not worked in exchange."""
    for day in days_from(entry.first, entry.last):
        mark = marks.get(day)
        if mark and not mark.worked:
            yield Conflict(day, entry, None, _("这一天放假：%(name)s") % {"name": mark.name})
            return
        if mark is None and day.weekday() >= SATURDAY:
            yield Conflict(day, entry, None, _("这一天是周末"))
            return


def clash_of(one: Entry, other: Entry) -> str:
    """What two entries of one day both take, in words; empty where they can stand side by side."""
    (start, end), (other_start, other_end) = span_of(one), span_of(other)
    if not (start < other_end and other_start < end):
        return ""
    told = [
        *(_("%(name)s同时在两处") % {"name": each.name} for each in shared(one.people, other.people)),
        *(_("基地“%(name)s”同时用两次") % {"name": each.name} for each in shared(bases(one), bases(other))),
    ]
    if groups := shared_groups(one, other):
        told.append(_("学员同时有两处安排：%(names)s") % {"names": "、".join(each.name for each in groups)})
    return "；".join(told)


def bases(entry: Entry) -> tuple[Bound, ...]:
    return (entry.base,) if entry.base else ()


def shared(ones: tuple[Bound, ...], others: tuple[Bound, ...]) -> list[Bound]:
    keys = {each.key for each in others}
    return [each for each in ones if each.key in keys]


def shared_groups(one: Entry, other: Entry) -> list[Bound]:
    """A whole cohort holds each of its groups."""
    if one.groups and other.groups and one.cohort == other.cohort:
        for whole, part in ((one, other), (other, one)):
            if is_whole(whole, one.cohort):
                return list(part.groups)
    return shared(one.groups, other.groups)


def is_whole(entry: Entry, cohort: uuid.UUID | None) -> bool:
    return any(each.key == cohort for each in entry.groups)
