"""Meetings: items to see to and to close out, records to write, minutes to issue."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.meetings.choices import ItemState, MeetingState
from cohorts.meetings.models import ActionItem, Meeting
from mentorship.accounts.permissions import Permission

from .items import MOST, Reader, Todo


def meetings(reader: Reader) -> list[Todo]:
    found = own_items(reader)
    if reader.can(Permission.MEETING_EDIT):
        found += [*items_to_close(reader), *records_to_write(reader), *minutes_to_issue(reader)]
    return found


def own_items(reader: Reader) -> list[Todo]:
    rows = ActionItem.objects.owned_by(reader.user).filter(studio=reader.studio, state=ItemState.OPEN)
    return [
        Todo(row.due, _("会上请您牵头的事"), row.text, reverse("meetings:item", args=[row.pk]), _("写进展"),
             soft=reader.is_asked_softly, by_working_days=True)
        for row in rows.order_by("due")[:MOST]
    ]  # fmt: skip


def items_to_close(reader: Reader) -> list[Todo]:
    """Reported by another; one's own waits for someone else."""
    rows = ActionItem.objects.visible_to(reader.user).filter(studio=reader.studio, state=ItemState.REPORTED)
    rows = rows.exclude(reported_by=reader.user.pk).order_by("reported_at")[:MOST]
    return [
        Todo(None, _("议定事项等您销号"), row.text, reverse("meetings:item", args=[row.pk]), _("去看看"))
        for row in rows
    ]


def of_state(reader: Reader, state: str):
    return Meeting.objects.visible_to(reader.user).filter(studio=reader.studio, state=state)


def records_to_write(reader: Reader) -> list[Todo]:
    rows = of_state(reader, MeetingState.PLANNED).filter(date__lt=reader.today).order_by("-date")
    return [
        Todo(row.date, _("会议记录还没有写"), str(row), reverse("meetings:record", args=[row.pk]), _("去写"))
        for row in rows[:MOST]
    ]


def minutes_to_issue(reader: Reader) -> list[Todo]:
    """Written by another; one's own are issued by someone else."""
    rows = of_state(reader, MeetingState.HELD).exclude(written_by=None).exclude(written_by=reader.user.pk)
    found = [
        Todo(None, _("纪要等您印发"), str(row), reverse("meetings:issue", args=[row.pk]), _("去印发"))
        for row in rows.order_by("date")[:MOST]
    ]
    waiting = of_state(reader, MeetingState.HELD).filter(written_by=None).count()
    if waiting:
        words = ngettext("%(n)s次会", "%(n)s次会", waiting) % {"n": waiting}
        found.append(Todo(None, _("点过名，还没有写记录"), words, reverse("meetings:meetings"), _("去看看")))
    return found
