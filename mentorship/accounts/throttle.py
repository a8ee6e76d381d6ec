"""Guessing passwords gets slow, and nobody can lock an owner out.

Tries are counted for an account from one address, and for an account from everywhere. A phone that has signed in
before carries a signed cookie and is counted apart, so that a stranger's tries never stand in the owner's way.
A try is written down before the password is looked at: many at once are counted like many in a row.
"""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.utils import timezone

from .models import SignInAttempt, User

WINDOW = datetime.timedelta(minutes=15)
FROM_ONE_PLACE = 5
FROM_EVERYWHERE = 20
KNOWN_PHONE = "studio_known"
KNOWN_PHONE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie
MOST_PEOPLE_ON_A_PHONE = 10
SALT = "mentorship.accounts.throttle"


def begin(request, typed: str, found: list[User]) -> list[SignInAttempt]:
    """Writes the try down: one row for each account that the typed name or phone may mean, else one for the text."""
    SignInAttempt.objects.filter(at__lt=timezone.now() - datetime.timedelta(days=1)).delete()
    known = known_people(request)
    rows = [SignInAttempt(account=key_of(str(user.pk)), place=place_of(request, known, user)) for user in found]
    rows = rows or [SignInAttempt(account=key_of(typed.strip().lower()), place=address_of(request))]
    for row in rows:
        row.save()
    return rows


def must_wait(attempts: list[SignInAttempt], user: User | None) -> bool:
    """Whether too many tries came before this one. With the right password only that account's tries count."""
    mine = key_of(str(user.pk)) if user else None
    return any(is_over(row) for row in attempts if mine in (None, row.account))


def is_over(attempt: SignInAttempt) -> bool:
    recent = SignInAttempt.objects.filter(account=attempt.account, at__gt=timezone.now() - WINDOW)
    if recent.filter(place=attempt.place).count() > FROM_ONE_PLACE:
        return True
    if attempt.place.startswith("phone:"):
        return False
    return recent.exclude(place__startswith="phone:").count() > FROM_EVERYWHERE


def forget(attempts: list[SignInAttempt]) -> None:
    """A try that had to wait is not counted again, so that waiting ends by itself."""
    SignInAttempt.objects.filter(pk__in=[row.pk for row in attempts]).delete()


def succeed(attempts: list[SignInAttempt], user: User) -> None:
    """The right password clears this place's tries, but not those from elsewhere."""
    forget(attempts)
    mine = key_of(str(user.pk))
    for row in attempts:
        if row.account == mine:
            SignInAttempt.objects.filter(account=mine, place=row.place).delete()


class Guessing:
    """Wrong secrets typed or tried from one address: after `most` in the window even a right one has to wait. `what`
    says of which secret."""

    def __init__(self, what: str, most: int):
        self.what, self.most = what, most

    def rows(self, request):
        recent = SignInAttempt.objects.filter(account=key_of(self.what), at__gt=timezone.now() - WINDOW)
        return recent.filter(place=address_of(request))

    def must_wait(self, request) -> bool:
        return self.rows(request).count() >= self.most

    def count(self, request) -> None:
        SignInAttempt.objects.create(account=key_of(self.what), place=address_of(request))


def key_of(text: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}{text}".encode()).hexdigest()


def place_of(request, known: dict, user: User) -> str:
    phone = known.get("people", {}).get(str(user.pk))
    return f"phone:{phone}" if phone else address_of(request)


def address_of(request) -> str:
    """The caller's address. What the caller writes into a header counts only behind our own proxy, last entry."""
    if request is None:
        return ""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()[:64]
    return request.META.get("REMOTE_ADDR", "")[:64]


def known_people(request) -> dict:
    """Who has signed in on this phone before: {"people": {account id: a mark of this phone}}."""
    if request is None or KNOWN_PHONE not in request.COOKIES:
        return {}
    try:
        return signing.loads(request.COOKIES[KNOWN_PHONE], salt=SALT, max_age=KNOWN_PHONE_SECONDS)
    except signing.BadSignature:
        return {}


def remember_phone(request, response, user: User) -> None:
    people = known_people(request).get("people", {})
    people[str(user.pk)] = people.get(str(user.pk)) or secrets.token_hex(8)
    kept = dict(list(people.items())[-MOST_PEOPLE_ON_A_PHONE:])
    response.set_cookie(
        KNOWN_PHONE,
        signing.dumps({"people": kept}, salt=SALT),
        max_age=KNOWN_PHONE_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
