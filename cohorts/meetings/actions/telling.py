"""Notices about meetings and what was agreed there."""

from collections.abc import Iterable

from django.urls import reverse

from cohorts.meetings.models import ActionItem, Meeting
from cohorts.meetings.queries import accounts_of
from mentorship.accounts.models import User
from mentorship.notifications.actions import notify
from mentorship.notifications.models import Notice
from mentorship.notifications.words import in_both


def particulars_of(meeting: Meeting) -> dict:
    return {
        "title": in_both(lambda: meeting),
        "kind": in_both(meeting.get_kind_display),
        "date": meeting.date.isoformat(),
        "time": f"{meeting.starts_at:%H:%M}",
        "place": meeting.where,
    }


def tell_attendees(kind: str, *, by: User, meeting: Meeting, url: str = "", **more) -> Notice | None:
    """To everyone asked who has an account. `needs_acknowledgement` and `deadline` go to the notice, the rest into it."""
    ways = {name: more.pop(name) for name in ("needs_acknowledgement", "deadline") if name in more}
    return notify(
        kind=kind,
        studio=meeting.studio,
        to=accounts_of(meeting),
        by=by.acting_user or by,
        url=url or reverse("meetings:meeting", args=[meeting.pk]),
        particulars=particulars_of(meeting) | more,
        **ways,
    )


def tell_of_item(kind: str, *, by: User | None, item: ActionItem, to: Iterable[User | None], **more) -> None:
    notify(
        kind=kind,
        studio=item.studio,
        to=[user for user in to if user],
        by=(by.acting_user or by) if by else None,
        url=reverse("meetings:item", args=[item.pk]),
        particulars={"item": item.text, "due": item.due.isoformat()} | more,
    )
