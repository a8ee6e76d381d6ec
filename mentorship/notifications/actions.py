"""Sending and answering notices."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

from .choices import Audience
from .models import Notice, Receipt
from .queries import audience_of, not_done
from .tasks import email_in_good_time
from .words import words_of

MESSAGE = "message"  # the kind of those in someone's own words


@transaction.atomic
def notify(
    *,
    kind: str,
    studio,
    to: Iterable[User],
    particulars: dict[str, Any] | None = None,
    url: str = "",
    by: User | None = None,
    needs_acknowledgement: bool = False,
    deadline: datetime.date | None = None,
) -> Notice | None:
    """Puts a notice into each recipient's inbox, and after commit e-mails those who have an address.

    `kind` names templates/notices/<kind>.txt (first line: the title), rendered in each reader's language with
    `particulars` (JSON-ready). Inactive accounts are left out; returns None when nobody is left.
    """
    people = {user.pk: user for user in to if user and user.is_active}
    if not people:
        return None
    notice = Notice.objects.create(
        studio=studio,
        kind=kind,
        particulars=particulars or {},
        url=url,
        needs_acknowledgement=needs_acknowledgement,
        deadline=deadline,
        sender=by,
    )
    receipts = Receipt.objects.bulk_create(
        Receipt(studio=studio, notice=notice, recipient=user) for user in people.values()
    )
    for receipt in receipts:
        if receipt.recipient.email:
            transaction.on_commit(lambda pk=receipt.pk: email_in_good_time(str(pk)))
    return notice


@transaction.atomic
def mark_read(*, by: User, receipt: Receipt) -> None:
    """The recipient has opened it. Someone typing for them opens it too, but signs nothing."""
    if receipt.read_at is None and not by.is_represented:
        receipt.read_at = timezone.now()
        receipt.save(update_fields=["read_at", "updated_at"])


@transaction.atomic
def acknowledge(*, by: User, receipt: Receipt) -> None:
    """签收. Only with one's own hands (else PermissionDenied); a second time changes nothing. Raises Refused once the
    notice was taken back."""
    if by.is_represented or receipt.recipient_id != by.pk:
        raise PermissionDenied
    if Notice.objects.select_for_update(of=("self",)).get(pk=receipt.notice_id).withdrawn_at:
        raise Refused(_("这条通知已经撤回，不用签收了。"))
    now = timezone.now()
    if Receipt.objects.filter(pk=receipt.pk, acknowledged_at=None).update(
        read_at=Coalesce("read_at", now), acknowledged_at=now, updated_at=now
    ):
        record(by=by, verb="notice.acknowledged", on=receipt.notice, studio=receipt.studio_id)


@transaction.atomic
def send_message(
    *,
    by: User,
    studio: Studio,
    audience: str,
    title: str,
    text: str,
    chosen: Iterable[User] = (),
    needs_acknowledgement: bool = False,
    deadline: datetime.date | None = None,
) -> Notice:
    """A notice in one's own words to an audience of the studio. Raises Refused when nobody is in it, or the day is past."""
    if deadline and deadline < studio.today():
        raise Refused(_("这一天已经过了，请选今天或以后的日子。"), field="deadline")
    people = audience_of(studio, audience, chosen)
    notice = notify(
        kind=MESSAGE,
        studio=studio,
        to=people,
        by=by,
        particulars={"title": " ".join(title.split()), "text": text},
        needs_acknowledgement=needs_acknowledgement,
        deadline=deadline,
    )
    if notice is None:
        raise Refused(_("这里还没有人，换一个发送对象。"), field="audience")
    after = {"title": title, "audience": str(Audience(audience).label), "recipients": len(people)}
    if deadline:
        after["deadline"] = deadline.isoformat()
    record(by=by, verb="notice.sent", on=notice, studio=studio, after=after)
    return notice


@transaction.atomic
def remind(*, by: User | None, notice: Notice) -> int:
    """One polite reminder to those who have not read or signed; how many. `by=None`: sent by itself.

    Raises Refused on a second one, and when the notice was taken back.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.withdrawn_at:
        raise Refused(_("通知已经撤回，不用提醒。"))
    if notice.reminded_at:
        raise Refused(_("已经提醒过一次了。再要紧的事，打个电话更好。"))
    waiting = [receipt.recipient for receipt in not_done(notice).select_related("recipient")]
    if not waiting:
        raise Refused(_("大家都看过了，不用提醒。"))
    notify(
        kind="reminder",
        studio=notice.studio,
        to=waiting,
        by=by,
        url=reverse("notifications:mine", args=[notice.pk]),
        particulars={"title": words_of(notice, settings.LANGUAGE_CODE).title, "sign": notice.needs_acknowledgement},
    )
    notice.reminded_at = timezone.now()
    notice.save(update_fields=["reminded_at", "updated_at"])
    record(by=by, verb="notice.reminded", on=notice, studio=notice.studio_id, after={"recipients": len(waiting)})
    return len(waiting)


def remind_before_deadlines() -> int:
    """Reminds, once, of every notice whose day is tomorrow or today; how many notices. Running it again sends nothing
    more. Best run each morning."""
    reminded = 0
    for studio in Studio.objects.all():
        today = studio.today()
        rows = Notice.objects.standing().filter(studio=studio, reminded_at=None)
        for notice in rows.filter(deadline__range=(today, today + datetime.timedelta(days=1))):
            try:
                remind(by=None, notice=notice)
                reminded += 1
            except Refused:  # everybody has, or someone reminded by hand just now
                continue
    return reminded


@transaction.atomic
def withdraw(*, by: User, notice: Notice, reason: str) -> None:
    """Takes a message back, with a reason that its readers see. Raises Refused for one that the system sent, and on a
    second time."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.withdrawn_at:
        raise Refused(_("这条通知已经撤回过了。"))
    if notice.kind != MESSAGE:
        raise Refused(_("这是系统按规矩发的，撤不回。"))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("请写一句为什么撤回。"), field="reason")
    notice.withdrawn_at, notice.withdrawn_by, notice.withdraw_reason = timezone.now(), by, reason
    notice.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason", "updated_at"])
    record(by=by, verb="notice.withdrawn", on=notice, studio=notice.studio_id, after={"reason": reason})
