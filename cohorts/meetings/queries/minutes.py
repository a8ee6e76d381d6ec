"""The text of the minutes, as it is issued and frozen."""

from typing import Any

from django.conf import settings
from django.utils import translation

from cohorts.letters.papers import digest_of
from cohorts.meetings.choices import Capacity, OutcomeKind, Presence
from cohorts.meetings.models import Meeting, Minutes

from .agenda import Point, agenda_of, without_raised
from .people import counted, seats_of


def body_of(meeting: Meeting) -> dict[str, Any]:
    """Plain values, ready for JSON: kind, number, title, date, starts_at, ends_at, place, chair, recorder, due (number),
    present, guests, absent [{name, presence, reason}], agenda, speeches [{name, text}], decisions, consensus, open,
    items [{number, text, owner, helpers, due}], issued_to. Names are in Chinese, as the paper is."""
    rows = list(seats_of(meeting))
    names = {row.pk: official_name(row) for row in rows}
    texts = {kind: [] for kind in OutcomeKind.values}
    for outcome in meeting.outcomes.order_by("order"):
        texts[outcome.kind].append(outcome.text)
    due = [row for row in rows if row.capacity == Capacity.DUE]
    return {
        "kind": meeting.kind,
        "number": meeting.full_number,
        "title": meeting.topic,
        "date": meeting.date.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}",
        "ends_at": f"{meeting.ends_at:%H:%M}",
        "place": meeting.base.community.name if meeting.base_id else meeting.place,
        "chair": names.get(meeting.chair_id, ""),
        "recorder": names.get(meeting.recorder_id, ""),
        "due": counted(rows)["due"],
        "present": [names[row.pk] for row in due if row.presence == Presence.PRESENT],
        "guests": [names[row.pk] for row in rows if row.capacity == Capacity.GUEST and row.presence == Presence.PRESENT],
        "absent": [
            {"name": names[row.pk], "presence": row.presence, "reason": row.reason}
            for row in due
            if row.presence in (Presence.LEAVE, Presence.ABSENT)
        ],
        "agenda": [point.title for point in official_agenda(meeting)],
        "speeches": [{"name": names[row.speaker_id], "text": row.text} for row in meeting.speeches.all()],
        "decisions": texts[OutcomeKind.DECISION],
        "consensus": texts[OutcomeKind.CONSENSUS],
        "open": texts[OutcomeKind.OPEN],
        "items": [
            {
                "number": item.number, "text": item.text, "owner": names[item.owner_id],
                "helpers": [names[helper.pk] for helper in item.helpers.all()], "due": item.due.isoformat(),
            }
            for item in meeting.items.prefetch_related("helpers").order_by("number")
        ],
        "issued_to": meeting.issued_to,
    }  # fmt: skip


def official_agenda(meeting: Meeting) -> list[Point]:
    """In Chinese, and without the names that other parts of the studio put on the agenda: minutes go to many."""
    with translation.override(settings.LANGUAGE_CODE):
        return without_raised(agenda_of(meeting))


def official_name(attendee) -> str:
    person = attendee.secretary or attendee.user
    return person.name if person else attendee.name


def digest_of_body(body: dict[str, Any]) -> str:
    return digest_of(body)


def is_whole(minutes: Minutes) -> bool:
    """Whether the text still has the digest that it was issued with."""
    return digest_of_body(minutes.body) == minutes.digest
