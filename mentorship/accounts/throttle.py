"""Guessing passwords gets slow, and nobody can lock an owner out.

Tries are counted for an account from one address, and for an account from everywhere. A phone that has signed in
before carries a signed cookie and is counted apart, so that a stranger's tries never stand in the owner's way.
A try is written down before the password is looked at: many at once are counted like many in a row.
A hundred wrong ones in a row, however slow, close the account to phones that were never here, until the owner signs in
on one that was, or the password is a new one.
"""

import datetime
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from mentorship.common.callers import address_of

from .models import GuessStreak, SignInAttempt, User

WINDOW = datetime.timedelta(minutes=15)
FROM_ONE_PLACE = 5
FROM_EVERYWHERE = 20
IN_A_ROW = 100
KEPT = datetime.timedelta(days=1)
KEPT_OF_NOBODY = datetime.timedelta(days=30)
PHONE = "phone:"
KNOWN_PHONE = "studio_known"
KNOWN_PHONE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie
MOST_PEOPLE_ON_A_PHONE = 10
SALT = "mentorship.accounts.throttle"


@dataclass(frozen=True)
class Goal:
    """What is guessed at: an account's password, its second factor, or (`user` None) a name that nobody has."""

    account: str
    streak: str
    user: User | None = None


def password_goals(typed: str, found: list[User]) -> list[Goal]:
    """One for each account that the typed name or phone may mean. A new password begins a new streak."""
    goals = [Goal(key_of(str(user.pk)), key_of(f"{user.pk}{user.password}"), user) for user in found]
    nobody = key_of(typed.strip().lower())
    return goals or [Goal(nobody, nobody)]


def code_goal(user: User) -> Goal:
    """The second factor's codes are counted apart from the passwords. One that is set up anew begins a new streak."""
    return Goal(key_of(f"code:{user.pk}"), key_of(f"code:{user.pk}:{user.session_stamp}"), user)


def begin(request, goals: list[Goal]) -> list[SignInAttempt]:
    """Writes the try down before anything is looked at."""
    now = timezone.now()
    SignInAttempt.objects.filter(at__lt=now - KEPT).delete()
    GuessStreak.objects.filter(of_an_account=False, at__lt=now - KEPT_OF_NOBODY).delete()
    known = known_people(request)
    rows = []
    for goal in goals:
        place = place_of(request, known, goal.user)
        own = key_of(goal.streak + place) if place.startswith(PHONE) else goal.streak
        rows.append(SignInAttempt.objects.create(account=goal.account, streak=own, place=place))
        GuessStreak.objects.get_or_create(key=own, defaults={"of_an_account": goal.user is not None})
        GuessStreak.objects.filter(key=own).update(failures=F("failures") + 1, at=now)
    return rows


def must_wait(attempts: list[SignInAttempt], user: User | None) -> bool:
    """Whether too many tries came before this one. With the right password only that account's tries count."""
    mine = key_of(str(user.pk)) if user else None
    return any(is_over(row) for row in attempts if mine in (None, row.account))


def is_over(attempt: SignInAttempt) -> bool:
    earlier = SignInAttempt.objects.filter(account=attempt.account, pk__lt=attempt.pk).order_by("-pk")
    if crowded(earlier.filter(place=attempt.place), FROM_ONE_PLACE):
        return True
    if GuessStreak.objects.filter(key=attempt.streak, failures__gt=IN_A_ROW).exists():
        return True
    if attempt.place.startswith(PHONE):
        return False
    return crowded(earlier.exclude(place__startswith=PHONE), FROM_EVERYWHERE)


def crowded(earlier, limit: int) -> bool:
    """Whether the last `limit` tries came within the window, and the very last less than a window ago."""
    times = list(earlier.values_list("at", flat=True)[:limit])
    return len(times) == limit and times[0] > timezone.now() - WINDOW and times[0] - times[-1] <= WINDOW


def forget(attempts: list[SignInAttempt]) -> None:
    """A try that had to wait is not counted, so that waiting ends by itself."""
    SignInAttempt.objects.filter(pk__in=[row.pk for row in attempts]).delete()
    streaks = GuessStreak.objects.filter(key__in=[row.streak for row in attempts], failures__gt=0)
    streaks.update(failures=F("failures") - 1)


def succeed(attempts: list[SignInAttempt], goal: Goal) -> None:
    """The right one clears this place's tries and the streak, but not the tries from elsewhere.

    The other accounts that the typed phone might have meant were no goal of this try.
    """
    forget(attempts)
    for row in attempts:
        if row.account == goal.account:
            SignInAttempt.objects.filter(account=row.account, place=row.place).delete()
    GuessStreak.objects.filter(
        key__in=[goal.streak, *(r.streak for r in attempts if r.account == goal.account)]
    ).delete()


class Guessing:
    """Wrong secrets typed or tried from one place: after `most` in the window even a right one has to wait. `what` says of
    which secret, `whose` what the place is: the address, unless many honest people share one."""

    def __init__(self, what: str, most: int, *, within=WINDOW, whose: Callable[[HttpRequest], str] = address_of):
        self.what, self.most, self.within, self.whose = what, most, within, whose

    def rows(self, request):
        recent = SignInAttempt.objects.filter(account=key_of(self.what), at__gt=timezone.now() - self.within)
        return recent.filter(place=self.whose(request))

    def must_wait(self, request) -> bool:
        return self.rows(request).count() >= self.most

    def count(self, request) -> None:
        SignInAttempt.objects.create(account=key_of(self.what), place=self.whose(request))


def key_of(text: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}{text}".encode()).hexdigest()


def place_of(request, known: dict, user: User | None) -> str:
    phone = known.get("people", {}).get(str(user.pk)) if user else None
    return f"{PHONE}{phone}" if phone else address_of(request)


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
