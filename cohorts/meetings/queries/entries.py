"""Seminars, work meetings and the days of one's own action items as entries of the calendar."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.meetings.access import READERS
from cohorts.meetings.choices import ItemState
from cohorts.meetings.models import ActionItem, Attendee, Meeting
from mentorship.common.entries import Asked, Bound, Dates, Entry, at


def meetings(asked: Asked) -> QuerySet[Meeting]:
    return Meeting.objects.filter(studio=asked.studio, date__range=asked.days)


def entries_of(asked: Asked, rows: QuerySet[Meeting]) -> list[Entry]:
    """Two queries: the meetings, and who was asked to them."""
    reader = asked.reader
    rows = rows.visible_to(reader)
    rows = rows.annotate(mine=Exists(Attendee.objects.of(reader).filter(meeting=OuterRef("pk"))))
    people = Attendee.objects.select_related("secretary", "user")
    rows = rows.select_related("base__community").prefetch_related(Prefetch("attendees", people))
    opens = READERS.allows(reader, asked.studio)
    return [entry_of(row, opens) for row in rows]


def entry_of(row: Meeting, opens: bool) -> Entry:
    return Entry(
        uid=f"meeting-{row.pk}",
        kind="meeting",
        label=str(row.get_kind_display()),
        title=str(row),
        starts=at(row.date, row.starts_at),
        ends=at(row.date, row.ends_at),
        place=row.where,
        url=reverse("meetings:meeting", args=[row.pk]) if opens else "",
        people=tuple(bound for each in row.attendees.all() if (bound := person_of(each))),
        base=Bound(row.base_id, str(row.base)) if row.base else None,
        cohort=row.cohort_id,
        mine=row.mine,
        cancelled=row.is_cancelled,
        updated=row.updated_at,
        sequence=row.version - 1,
    )


def person_of(attendee: Attendee) -> Bound | None:
    """By account, else by the row in the register; an office by its name cannot be in two places."""
    secretary = attendee.secretary
    key = attendee.user_id or (secretary and (secretary.user_id or secretary.pk))
    return Bound(key, str(attendee)) if key else None


def own_items(asked: Asked) -> QuerySet[ActionItem]:
    rows = ActionItem.objects.owned_by(asked.reader)
    return rows.filter(studio=asked.studio, state=ItemState.OPEN, due__range=asked.days)


def own_days(asked: Asked, rows: QuerySet[ActionItem]) -> list[Entry]:
    return [
        Entry(
            uid=f"item-{row.pk}",
            kind="due",
            label=_("议定事项"),
            title=_("议定事项：%(item)s") % {"item": row.text},
            starts=row.due,
            ends=row.due,
            url=reverse("meetings:item", args=[row.pk]),
            cohort=row.meeting.cohort_id,
            mine=True,
            updated=row.updated_at,
            sequence=row.version - 1,
        )
        for row in rows.select_related("meeting")
    ]


DATES = (Dates(meetings, entries_of), Dates(own_items, own_days))
