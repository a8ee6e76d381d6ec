"""Keeping, dropping and clearing drafts. They are private notes every few seconds, so the audit trail holds none."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Mentor
from evaluations.logs.models import Draft, DraftKind, TeachingLog
from mentorship.accounts.models import User
from mentorship.common.errors import Refused

MOST_DRAFTS = 20  # of one person
KEPT_DAYS = 60


@transaction.atomic
def keep_draft(
    *,
    by: User,
    form: str,
    client_key: uuid.UUID,
    content: Mapping[str, list[str]],
    saved_at: datetime.datetime,
    mentor: Mentor | None = None,
) -> Draft | None:
    """The draft as it stands now; of two copies the one typed last wins. None once its log has been written.

    `content`: field name to the list of str that the form sends for it. A clock that runs ahead counts as now.
    Raises Refused when there are too many drafts, or when the key belongs to another form or mentor.
    """
    if form in DraftKind.about_a_mentor() and already_written(client_key, mentor):
        return None
    hands = by.acting_user or by
    saved_at = min(saved_at, timezone.now())
    own = Draft.objects.select_for_update().filter(owner=by.pk, hands=hands.pk)
    draft = own.filter(client_key=client_key).first()
    if draft is None:
        if own.count() >= MOST_DRAFTS:
            raise Refused(_("存着的草稿太多了，请先发出或删掉几份。"))
        return Draft.objects.create(
            owner_id=by.pk, hands=hands, mentor=mentor, form=form, client_key=client_key, content=dict(content),
            saved_at=saved_at,
        )  # fmt: skip
    if (draft.form, draft.mentor_id) != (form, mentor and mentor.pk):
        raise Refused(_("请重新打开这一页再写。"))
    if saved_at > draft.saved_at:
        draft.content, draft.saved_at = dict(content), saved_at
        draft.save(update_fields=["content", "saved_at", "updated_at"])
    return draft


def already_written(client_key: uuid.UUID, mentor: Mentor) -> bool:
    return TeachingLog.objects.filter(client_key=client_key, mentor=mentor).exists()


@transaction.atomic
def drop_draft(*, by: User, client_key: uuid.UUID) -> None:
    """Gone from the server, because it was sent or is not wanted; a key without a draft changes nothing."""
    Draft.objects.visible_to(by).filter(client_key=client_key).delete()


def drop_sent(*, by: User, client_key: uuid.UUID) -> None:
    """Called in the transaction that makes the log: every copy in this person's name, whoever typed it."""
    Draft.objects.filter(owner=by.pk, client_key=client_key).delete()


def purge_drafts(*, now: datetime.datetime) -> int:
    """Drops what nobody has gone on with for KEPT_DAYS days; returns how many."""
    return Draft.objects.filter(updated_at__lt=now - datetime.timedelta(days=KEPT_DAYS)).delete()[0]
