"""An action item on its way: how far it is, done, closed out by another, or no longer to be done."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.meetings.choices import ItemState
from cohorts.meetings.models import ActionItem
from cohorts.meetings.queries import due_to_remind
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

from .planning import Stale
from .telling import tell_of_item


@transaction.atomic
def report_item(*, by: User, item: ActionItem, version: int, progress: str, done: bool) -> None:
    """Its owner, or who keeps the meetings, says how far it is; `done` asks another to close it out. Raises Stale and
    Refused, PermissionDenied for anyone else."""
    locked(item)
    if not item.may_be_kept_by(by):
        raise PermissionDenied
    if item.version != version:
        raise Stale(_("刚才有人写过进展。下面是您写的，再存一次就以您的为准。"))
    if not item.is_waiting:
        raise Refused(_("这一项已经办结了。"))
    if done and not progress.strip():
        raise Refused(_("办成什么样，写一句。"), field="progress")
    item.progress = progress.strip()
    item.state = ItemState.REPORTED if done else ItemState.OPEN
    item.reported_by = (by.acting_user or by) if done else None
    item.reported_at = timezone.now() if done else None
    item.version += 1
    item.save()
    after = {"progress": item.progress, "state": item.get_state_display()}
    record(by=by, verb="item.reported" if done else "item.progressed", on=item, studio=item.studio_id, after=after)


@transaction.atomic
def close_item(*, by: User, item: ActionItem) -> None:
    """销号: by someone who neither owns it nor reported it. Raises Refused."""
    locked(item)
    if item.state != ItemState.REPORTED:
        raise Refused(_("先由牵头人报完成，再销号。"))
    refuse_own_hands(by, item)
    item.state, item.closed_by, item.closed_at = ItemState.CLOSED, by, timezone.now()
    item.version += 1
    item.save()
    record(by=by, verb="item.closed", on=item, studio=item.studio_id)
    tell_of_item("item_closed", by=by, item=item, to=[item.owner.account])


@transaction.atomic
def send_back(*, by: User, item: ActionItem, reason: str) -> None:
    """Not done yet: it goes on, with a word about what is missing. Raises Refused."""
    locked(item)
    if item.state != ItemState.REPORTED:
        raise Refused(_("还没有报完成，不用退回。"))
    if not reason.strip():
        raise Refused(_("还差什么，写一句。"), field="reason")
    refuse_own_hands(by, item)
    item.state, item.reported_by, item.reported_at = ItemState.OPEN, None, None
    item.version += 1
    item.save()
    record(by=by, verb="item.sent_back", on=item, studio=item.studio_id, after={"reason": reason.strip()})
    tell_of_item("item_sent_back", by=by, item=item, to=[item.owner.account], reason=reason.strip())


@transaction.atomic
def drop_item(*, by: User, item: ActionItem, reason: str) -> None:
    """No longer to be done, and why. Raises Refused for the owner's own hand."""
    locked(item)
    if not item.is_waiting:
        raise Refused(_("这一项已经办结了。"))
    if not reason.strip():
        raise Refused(_("为什么不再办，写一句。"), field="reason")
    refuse_own_hands(by, item)
    item.state, item.closed_by, item.closed_at = ItemState.DROPPED, by, timezone.now()
    item.progress = f"{item.progress}\n{reason.strip()}".strip()
    item.version += 1
    item.save()
    record(by=by, verb="item.dropped", on=item, studio=item.studio_id, after={"reason": reason.strip()})
    tell_of_item("item_dropped", by=by, item=item, to=[item.owner.account], reason=reason.strip())


def refuse_own_hands(by: User, item: ActionItem) -> None:
    hands = {by.pk, getattr(by.acting_user, "pk", None)} - {None}
    if {item.reported_by_id, getattr(item.owner.account, "pk", None)} & hands:
        raise Refused(_("自己牵头、自己报完成的，请别人来销号。"))


def remind_items() -> int:
    """Reminds the owners of every studio as the rules say; how many items. A second run on the same day sends nothing."""
    reminded = 0
    for studio in Studio.objects.all():
        today = studio.today()
        for item in due_to_remind(studio):
            with transaction.atomic():
                if (
                    not ActionItem.objects.waiting()
                    .filter(pk=item.pk)
                    .exclude(reminded_on=today)
                    .update(reminded_on=today)
                ):
                    continue
                tell_of_item("item_reminder", by=None, item=item, to=[item.owner.account], past=item.due < today)
                reminded += 1
    return reminded
