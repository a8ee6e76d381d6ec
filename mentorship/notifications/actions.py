"""Sending and answering notices."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentorship.accounts.models import User

from .models import Notice, Receipt
from .tasks import email_receipt


@transaction.atomic
def notify(
    *, kind: str, studio, to: Iterable[User], particulars: dict[str, Any] | None = None, url: str = "",
    by: User | None = None, needs_acknowledgement: bool = False,
) -> Notice | None:
    """Puts a notice into each recipient's inbox, and after commit e-mails those who have an address.

    `kind` names templates/notices/<kind>.txt (first line: the title), rendered in each reader's language with
    `particulars` (JSON-ready). Inactive accounts are left out; returns None when nobody is left.
    """
    people = {user.pk: user for user in to if user and user.is_active}
    if not people:
        return None
    notice = Notice.objects.create(
        studio=studio, kind=kind, particulars=particulars or {}, url=url,
        needs_acknowledgement=needs_acknowledgement, sender=by,
    )
    receipts = Receipt.objects.bulk_create(
        Receipt(studio=studio, notice=notice, recipient=user) for user in people.values()
    )
    for receipt in receipts:
        if receipt.recipient.email:
            transaction.on_commit(lambda pk=receipt.pk: email_receipt.enqueue(str(pk)))
    return notice


@transaction.atomic
def mark_read(*, by: User, receipt: Receipt) -> None:
    """The recipient has opened it. Someone typing for them opens it too, but signs nothing."""
    if receipt.read_at is None and not by.is_represented:
        receipt.read_at = timezone.now()
        receipt.save(update_fields=["read_at", "updated_at"])


@transaction.atomic
def acknowledge(*, by: User, receipt: Receipt) -> None:
    """签收. Only with one's own hands; a second time changes nothing."""
    if receipt.acknowledged_at is None and not by.is_represented:
        now = timezone.now()
        receipt.read_at = receipt.read_at or now
        receipt.acknowledged_at = now
        receipt.save(update_fields=["read_at", "acknowledged_at", "updated_at"])
