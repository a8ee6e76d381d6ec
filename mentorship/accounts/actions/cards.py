"""The printed sign-in card: 256 random bits on paper, and only their digest here."""

import datetime
import hashlib
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.models import SignInCard, User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

LASTS = datetime.timedelta(days=400)  # a mentoring year and a month


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def fresh_card(secret: str) -> SignInCard | None:
    """The usable card with this secret. Unknown, taken back, expired and blocked look alike."""
    card = SignInCard.objects.usable().filter(digest=digest_of(secret)).select_related("user", "studio").first()
    return card if card and card.user.is_active else None


@transaction.atomic
def issue_card(*, by: User, user: User, studio: Studio) -> tuple[SignInCard, str]:
    """A new card and its secret, told only now. The card before it is taken back. Raises Refused on a closed account."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Refused(_("账号已停用，先恢复再发卡。"))
    for old in user.cards.filter(revoked_at=None):
        revoke_card(by=by, card=old)
    secret = secrets.token_urlsafe(32)
    card = SignInCard.objects.create(
        studio=studio, user=user, digest=digest_of(secret), issued_by=by, expires_at=timezone.now() + LASTS
    )
    record(by=by, verb="card.issued", on=user, studio=studio, after={"expires_at": card.expires_at})
    return card, secret


@transaction.atomic
def revoke_card(*, by: User, card: SignInCard) -> None:
    """Takes the card back and with it every session that it opened. A second time changes nothing."""
    if SignInCard.objects.filter(pk=card.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(by=by, verb="card.revoked", on=card.user, studio=card.studio_id)


@transaction.atomic
def sign_in_by_card(*, card: SignInCard, last_digits: str) -> bool:
    """Whether the card opens, given the last four digits of its owner's phone; five wrong answers block it.

    Returns instead of raising, so that the count of wrong answers is kept.
    """
    card = SignInCard.objects.select_for_update().select_related("user").get(pk=card.pk)
    if not card.is_usable or not card.user.is_active:
        return False
    if card.user.phone and not secrets.compare_digest(card.user.phone[-4:].encode(), last_digits.encode()):
        SignInCard.objects.filter(pk=card.pk).update(failures=F("failures") + 1)
        if card.failures + 1 >= SignInCard.MAX_FAILURES:
            record(by=None, verb="card.blocked", on=card.user, studio=card.studio_id)
        return False
    SignInCard.objects.filter(pk=card.pk).update(failures=0, last_used_at=timezone.now())
    record(by=card.user, verb="card.used", on=card.user, studio=card.studio_id)
    return True
