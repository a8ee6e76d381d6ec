"""Private addresses of calendars: made, read, taken back."""

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.calendar.models import CalendarFeed
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

AN_HOUR = datetime.timedelta(hours=1)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: User, studio: Studio) -> tuple[CalendarFeed, str]:
    """A new address of one's own, and its secret, told only now; the address before it is taken back. Raises Refused
    for someone without a part in the studio, or while someone else types for them."""
    if by.is_represented:
        raise Refused(_("订阅地址要本人来取。"))
    if studio is None or not (by.is_operator or studio.pk in by.studio_ids):
        raise Refused(_("您在这个工作室还没有角色。"))
    User.objects.select_for_update().get(pk=by.pk)  # the second of two waits here
    for old in CalendarFeed.objects.of(by, studio).live():
        revoke_feed(by=by, feed=old)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(studio=studio, user=by, digest=digest_of(secret))
    record(by=by, verb="calendar_feed.made", on=feed, studio=studio.pk)
    return feed, secret


@transaction.atomic
def revoke_feed(*, by: User, feed: CalendarFeed) -> None:
    """Whoever reads under this address finds nothing from now on. A second time changes nothing."""
    if CalendarFeed.objects.live().filter(pk=feed.pk).update(revoked_at=timezone.now(), updated_at=timezone.now()):
        record(by=by, verb="calendar_feed.revoked", on=feed, studio=feed.studio_id)


def feed_with(secret: str) -> CalendarFeed | None:
    """The live feed of an open account that still has a part in the studio; None otherwise, whatever the reason."""
    rows = CalendarFeed.objects.live().filter(digest=digest_of(secret), user__is_active=True)
    feed = rows.select_related("user", "studio").first()
    if feed is None or not (feed.user.is_operator or feed.studio_id in feed.user.studio_ids):
        return None
    return feed


def note_fetch(feed: CalendarFeed, content: bytes) -> str:
    """Keeps that it was read, once an hour at most, and since when it has said this. Returns the digest of the content.

    No entry of the trail: a telephone asks many times a day, and nothing of the studio's changes.
    """
    now, digest = timezone.now(), hashlib.sha256(content).hexdigest()
    changed = {}
    if feed.content_digest != digest:
        changed |= {"content_digest": digest, "content_changed_at": now}
    if feed.last_fetched_at is None or now - feed.last_fetched_at >= AN_HOUR:
        changed["last_fetched_at"] = now
    if changed:
        CalendarFeed.objects.filter(pk=feed.pk).update(**changed)
        for name, value in changed.items():
            setattr(feed, name, value)
    return digest
