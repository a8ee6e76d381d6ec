"""Issuing the minutes, and opening them again for a correction."""

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_alone
from cohorts.meetings.choices import Capacity, MeetingState, Presence
from cohorts.meetings.models import Meeting, Minutes
from cohorts.meetings.queries import body_of, digest_of_body
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.deadlines import deadline

from .telling import tell_attendees, tell_of_item

TIME_TO_READ = 5  # working days


@transaction.atomic
def issue_minutes(*, by: User, meeting: Meeting, reason: str = "") -> Minutes:
    """Freezes the text with its digest and circulates it: everyone asked reads and acknowledges. The first version needs
    no `reason`, a correction does. Raises Refused unless another person wrote the record, the roll was called, and
    something was agreed."""
    locked(meeting)
    check_ready(by, meeting)
    version = (meeting.minutes.aggregate(last=Max("version"))["last"] or 0) + 1
    if version > 1 and not reason.strip():
        raise Refused(_("写一句为什么更正。"), field="reason")
    today = meeting.studio.today()
    body = body_of(meeting)
    minutes = Minutes(
        studio=meeting.studio, meeting=meeting, version=version, body=body, digest=digest_of_body(body), date=today,
        written_by=meeting.written_by, issued_by=by, reason=reason.strip() if version > 1 else "",
    )  # fmt: skip
    minutes.notice = tell_attendees(
        "minutes_issued", by=by, meeting=meeting, url=reverse("meetings:minutes", args=[minutes.pk]),
        needs_acknowledgement=True, deadline=deadline(meeting.studio, today, TIME_TO_READ),
        corrected=minutes.reason,
    )  # fmt: skip
    minutes.save()
    meeting.state = MeetingState.ISSUED
    meeting.version += 1
    meeting.save(update_fields=["state", "version", "updated_at"])
    if version == 1:
        for item in meeting.items.for_lists():
            tell_of_item("item_given", by=by, item=item, to=[item.owner.account])
    record(
        by=by, verb="minutes.issued", on=meeting, studio=meeting.studio_id,
        after={"number": body["number"], "version": version, "digest": minutes.digest[:12]},
    )  # fmt: skip
    return minutes


def check_ready(by: User, meeting: Meeting) -> None:
    if meeting.state != MeetingState.HELD:
        raise Refused(_("这次会现在是“%(state)s”，不能印发纪要。") % {"state": meeting.get_state_display()})
    if meeting.written_by is None:
        raise Refused(_("先写会议记录，再印发纪要。"))
    if by.is_represented:
        raise Refused(_("签发要本人来办。"))
    refuse_alone(by, meeting.written_by)
    if meeting.attendees.filter(capacity=Capacity.DUE, presence=Presence.UNKNOWN).exists():
        raise Refused(_("还有人没点名，先把到会情况记全。"))
    if not meeting.outcomes.exists():
        raise Refused(_("还没有写议定或者共识，先补上。"))


@transaction.atomic
def reopen(*, by: User, meeting: Meeting, reason: str) -> None:
    """Opens the record of issued minutes for a correction; what was issued stays as it is until the next version."""
    locked(meeting)
    if not meeting.is_issued:
        raise Refused(_("纪要还没有印发，直接改就行。"))
    if not reason.strip():
        raise Refused(_("写一句为什么更正。"), field="reason")
    meeting.state = MeetingState.HELD
    meeting.version += 1
    meeting.save(update_fields=["state", "version", "updated_at"])
    record(by=by, verb="minutes.reopened", on=meeting, studio=meeting.studio_id, after={"reason": reason.strip()})
