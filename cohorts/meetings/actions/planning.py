"""Planning, changing and cancelling a meeting."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.meetings.choices import MeetingState, PointKind
from cohorts.meetings.models import AgendaItem, Attendee, Meeting
from cohorts.meetings.queries import Seat, seats_of
from cohorts.meetings.queries.people import key_of
from cohorts.models import Cohort
from cohorts.training.actions.bookings import book_other
from mentorship.accounts.models import User
from mentorship.audit.actions import plain, record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

from .telling import tell_attendees

FIELDS = (
    "kind", "topic", "topic_en", "date", "starts_at", "ends_at", "base", "place", "source", "opening_case", "issued_to",
)  # fmt: skip
WHEN_AND_WHERE = ("date", "starts_at", "ends_at", "base_id", "place")


class Stale(Refused):
    """Someone changed the meeting after this reader had opened it."""


@transaction.atomic
def plan_meeting(
    *,
    by: User,
    cohort: Cohort,
    seats: Sequence[Seat],
    chair: str,
    recorder: str,
    points: Sequence[str] = (),
    **facts: Any,
) -> Meeting:
    """`chair` and `recorder` are keys of seats; `points` the own agenda, in order. Everyone asked is told when the day is
    still to come. Raises Refused beside the field."""
    Studio.objects.select_for_update(of=("self",)).get(pk=cohort.studio_id)  # numbers are given out one at a time
    meeting = Meeting(studio=cohort.studio, cohort=cohort)
    put(meeting, facts)
    meeting.year, meeting.number = meeting.date.year, next_number(meeting)
    meeting.save()
    take_base(meeting)
    seat(meeting, seats, chair, recorder)
    write_points(meeting, points)
    record(by=by, verb="meeting.planned", on=meeting, studio=meeting.studio_id, after=told(meeting))
    if meeting.date >= meeting.studio.today():
        tell_attendees("meeting_called", by=by, meeting=meeting)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    by: User,
    meeting: Meeting,
    version: int,
    seats: Sequence[Seat],
    chair: str,
    recorder: str,
    points: Sequence[str] = (),
    **facts: Any,
) -> None:
    """Until it was held. Those asked are told when day, time or place changed. Raises Stale and Refused."""
    locked(meeting)
    refuse_unless_planned(meeting)
    if meeting.version != version:
        raise Stale(_("刚才有人改过这次会。下面是您填的，再存一次就以您的为准。"))
    before, when = told(meeting), [getattr(meeting, name) for name in WHEN_AND_WHERE]
    kind, year = meeting.kind, meeting.year
    put(meeting, facts)
    if (meeting.kind, meeting.date.year) != (kind, year):
        Studio.objects.select_for_update(of=("self",)).get(pk=meeting.studio_id)
        meeting.year = meeting.date.year
        meeting.number = next_number(meeting)
    meeting.version += 1
    meeting.save()
    take_base(meeting)
    seat(meeting, seats, chair, recorder)
    write_points(meeting, points)
    meeting.refresh_from_db()
    after = told(meeting)
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    record(
        by=by, verb="meeting.changed", on=meeting, studio=meeting.studio_id,
        before={name: before.get(name) for name in changed}, after={name: after.get(name) for name in changed},
    )  # fmt: skip
    if meeting.date >= meeting.studio.today() and when != [getattr(meeting, name) for name in WHEN_AND_WHERE]:
        tell_attendees("meeting_changed", by=by, meeting=meeting)


@transaction.atomic
def cancel_meeting(*, by: User, meeting: Meeting, reason: str) -> None:
    """Tells those asked why. Raises Refused for one that was held."""
    locked(meeting)
    refuse_unless_planned(meeting)
    if not reason.strip():
        raise Refused(_("写一句为什么取消。"), field="reason")
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, reason.strip()
    meeting.version += 1
    meeting.save(update_fields=["state", "cancel_reason", "version", "updated_at"])
    take_base(meeting)
    record(by=by, verb="meeting.cancelled", on=meeting, studio=meeting.studio_id, after={"reason": reason.strip()})
    if meeting.date >= meeting.studio.today():
        tell_attendees("meeting_cancelled", by=by, meeting=meeting, reason=meeting.cancel_reason)


def refuse_unless_planned(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise Refused(_("这次会现在是“%(state)s”，不能这样改。") % {"state": meeting.get_state_display()})


def put(meeting: Meeting, facts: dict) -> None:
    unknown = set(facts) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a meeting: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(meeting, name, value)
    cohort = meeting.cohort
    if not cohort.starts <= meeting.date <= cohort.ends:
        raise Refused(
            _("不在这一批的日子里：%(first)s至%(last)s。")
            % {"first": cohort.starts.isoformat(), "last": cohort.ends.isoformat()},
            field="date",
        )
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("结束要在开始之后。"), field="ends_at")
    if meeting.base_id and meeting.base.studio_id != meeting.studio_id:
        raise Refused(_("请选本工作室的基地。"), field="base")
    if not meeting.base_id and not meeting.place.strip():
        raise Refused(_("在哪里开，选基地或者写地点。"), field="place")


def take_base(meeting: Meeting) -> None:
    """A base is taken once a half-day, by a session or by a meeting. Raises Refused beside the base."""
    base = None if meeting.is_cancelled else meeting.base
    with translation.override(settings.LANGUAGE_CODE):
        kind = str(meeting.get_kind_display())
    book_other(
        other=meeting.pk, title=kind, base=base, date=meeting.date, starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
    )  # fmt: skip


def next_number(meeting: Meeting) -> int:
    rows = Meeting.objects.filter(studio=meeting.studio_id, kind=meeting.kind, year=meeting.date.year)
    return (rows.exclude(pk=meeting.pk).aggregate(last=Max("number"))["last"] or 0) + 1


def seat(meeting: Meeting, seats: Sequence[Seat], chair: str, recorder: str) -> None:
    """Brings the list of those asked to just these, keeping the rows of those who stay."""
    if not seats:
        raise Refused(_("请选要来的人。"), field="mentors")
    wanted = {each.key: each for each in seats}
    for field, key in (("chair", chair), ("recorder", recorder)):
        if key not in wanted:
            raise Refused(_("请从要来的人里选。"), field=field)
    rows = {key_of(row): row for row in seats_of(meeting)}
    for key, row in rows.items():
        if key not in wanted:
            row.delete()
    for order, (key, each) in enumerate(wanted.items()):
        row = rows.get(key) or Attendee(
            studio=meeting.studio, meeting=meeting, secretary=each.secretary, user=each.user, name=each.name
        )
        row.capacity, row.order = each.capacity, order
        row.save()
        rows[key] = row
    meeting.chair, meeting.recorder = rows[chair], rows[recorder]
    meeting.save(update_fields=["chair", "recorder", "updated_at"])


def write_points(meeting: Meeting, points: Sequence[str]) -> None:
    meeting.agenda.filter(kind=PointKind.OWN).delete()
    rows = [
        AgendaItem(studio=meeting.studio, meeting=meeting, order=order, title=text.strip())
        for order, text in enumerate((each for each in points if each.strip()), 1)
    ]
    AgendaItem.objects.bulk_create(rows)


def told(meeting: Meeting) -> dict:
    """For the trail, in words; what is empty is left out."""
    facts = {name: getattr(meeting, name) for name in FIELDS if name != "opening_case"}
    facts |= {"kind": meeting.get_kind_display(), "source": meeting.get_source_display(), "number": meeting.full_number}
    facts |= {name: f"{facts[name]:%H:%M}" for name in ("starts_at", "ends_at")}
    facts["chair"] = str(meeting.chair or "")
    facts["asked"] = meeting.attendees.count()
    return {name: value for name, value in plain(facts).items() if value not in (None, "", [])}
