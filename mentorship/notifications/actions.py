"""Sending and answering notices."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce
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
    """签收. Only with one's own hands (else PermissionDenied); a second time changes nothing."""
    if by.is_represented or receipt.recipient_id != by.pk:
        raise PermissionDenied
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
) -> Notice:
    """A notice in one's own words to an audience of the studio. Raises Refused when nobody is in it."""
    people = audience_of(studio, audience, chosen)
    notice = notify(
        kind="message",
        studio=studio,
        to=people,
        by=by,
        particulars={"title": " ".join(title.split()), "text": text},
        needs_acknowledgement=needs_acknowledgement,
    )
    if notice is None:
        raise Refused(_("这里还没有人，换一个发送对象。"), field="audience")
    after = {"title": title, "audience": str(Audience(audience).label), "recipients": len(people)}
    record(by=by, verb="notice.sent", on=notice, studio=studio, after=after)
    return notice


@transaction.atomic
def remind(*, by: User, notice: Notice) -> int:
    """One polite reminder to those who have not read or signed; how many. Raises Refused on a second one."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
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
        url=notice.url,
        particulars={"title": words_of(notice, settings.LANGUAGE_CODE).title, "sign": notice.needs_acknowledgement},
    )
    notice.reminded_at = timezone.now()
    notice.save(update_fields=["reminded_at", "updated_at"])
    record(by=by, verb="notice.reminded", on=notice, studio=notice.studio_id, after={"recipients": len(waiting)})
    return len(waiting)
