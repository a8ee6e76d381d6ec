"""Calling the roll and writing down what was said and agreed."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.meetings.choices import ItemState, MeetingState, OutcomeKind, Presence
from cohorts.meetings.models import ActionItem, AgendaItem, Attendee, Meeting, Outcome, Speech
from cohorts.meetings.queries import agenda_of
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .planning import Stale

LONGEST = 300


@dataclass(frozen=True)
class ItemFacts:
    text: str
    owner: Attendee
    due: datetime.date
    helpers: Sequence[Attendee] = field(default_factory=tuple)
    item: ActionItem | None = None  # the one that it replaces


@transaction.atomic
def call_roll(*, by: User, meeting: Meeting, roll: Mapping[Attendee, tuple[str, str]]) -> None:
    """`roll`: presence and reason of each. A day's leave needs a reason. Makes a planned meeting a held one. Raises
    Refused before its day, and for minutes that are issued."""
    locked(meeting)
    hold(meeting)
    for attendee, (presence, reason) in roll.items():
        if presence == Presence.LEAVE and not reason.strip():
            raise Refused(_("%(name)s请假，写一句事由。") % {"name": attendee}, field=f"reason_{attendee.pk}")
        attendee.presence = presence
        attendee.reason = reason.strip() if presence in (Presence.LEAVE, Presence.ABSENT) else ""
        attendee.save(update_fields=["presence", "reason", "updated_at"])
    came = sum(presence == Presence.PRESENT for presence, _reason in roll.values())
    record(
        by=by,
        verb="meeting.roll_called",
        on=meeting,
        studio=meeting.studio_id,
        after={"asked": len(roll), "came": came},
    )


@transaction.atomic
def write_record(
    *,
    by: User,
    meeting: Meeting,
    version: int,
    notes: str,
    speeches: Sequence[tuple[Attendee, str]],
    outcomes: Mapping[str, Sequence[str]],
    items: Sequence[ItemFacts],
    issued_to: str = "",
) -> None:
    """Replaces what was written before; may be saved as often as one likes until the minutes are issued. An item whose
    work was reported stays as it is. Raises Stale and Refused."""
    locked(meeting)
    if meeting.version != version:
        raise Stale(_("刚才有人改过这份记录。下面是您填的，再存一次就以您的为准。"))
    hold(meeting)
    meeting.notes, meeting.issued_to, meeting.written_by = notes, issued_to.strip(), by.acting_user or by
    meeting.version += 1
    meeting.save(update_fields=["notes", "issued_to", "written_by", "version", "updated_at"])
    meeting.speeches.all().delete()
    Speech.objects.bulk_create(
        Speech(studio=meeting.studio, meeting=meeting, order=order, speaker=speaker, text=checked(text, "speeches"))
        for order, (speaker, text) in enumerate(speeches, 1)
    )
    meeting.outcomes.all().delete()
    for kind in OutcomeKind.values:
        Outcome.objects.bulk_create(
            Outcome(studio=meeting.studio, meeting=meeting, kind=kind, order=order, text=checked(text, kind))
            for order, text in enumerate(outcomes.get(kind, ()), 1)
        )
    write_items(meeting, items)
    counts = {"decisions": meeting.outcomes.count(), "items": meeting.items.count()}
    record(by=by, verb="meeting.recorded", on=meeting, studio=meeting.studio_id, after=counts)


def hold(meeting: Meeting) -> None:
    """The first word written down makes it a meeting that was held; its agenda stands from then on."""
    if meeting.is_issued:
        raise Refused(_("纪要已经印发。要更正，先说明原因再改。"))
    if meeting.is_cancelled:
        raise Refused(_("这次会取消了。"))
    if meeting.date > meeting.studio.today():
        raise Refused(_("还没到日子，开过以后再记。"))
    if not meeting.is_planned:
        return
    points = agenda_of(meeting)
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            studio=meeting.studio, meeting=meeting, order=order, kind=point.kind, title=point.title[:200],
            detail=point.detail[:LONGEST], url=point.url, key=point.key,
        )
        for order, point in enumerate(points, 1)
    )  # fmt: skip
    meeting.state = MeetingState.HELD
    meeting.save(update_fields=["state", "updated_at"])


def checked(text: str, where: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused(_("一条最多%(n)s个字：“%(start)s…”") % {"n": LONGEST, "start": text[:20]}, field=where)
    return text


def write_items(meeting: Meeting, items: Sequence[ItemFacts]) -> None:
    kept = {facts.item.pk for facts in items if facts.item}
    for row in meeting.items.exclude(pk__in=kept):
        if row.state != ItemState.OPEN or row.progress:
            raise Refused(_("“%(item)s”已经在办，不能删去；不办了，请到这一项里说明。") % {"item": row.text})
        row.delete()
    last = max(meeting.items.values_list("number", flat=True), default=0)
    for facts in items:
        if facts.due < meeting.date:
            raise Refused(_("“%(item)s”的期限早于开会那天。") % {"item": facts.text}, field="items")
        item = facts.item
        if item is None:
            last += 1
            item = ActionItem(studio=meeting.studio, meeting=meeting, number=last)
        if item.state == ItemState.OPEN:
            item.text, item.owner, item.due = facts.text.strip(), facts.owner, facts.due
            item.save()
            item.helpers.set(facts.helpers)
