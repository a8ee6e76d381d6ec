"""Every page names its policy. The test of access policies fails on a page that names none."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import resolve, reverse

from mentorship.common import replicas

from .keeping import can_keep
from .models import User
from .permissions import Permission
from .roles import permissions_of
from .sessions import BY_CARD, is_required, looked_lately


@dataclass(frozen=True)
class Policy:
    """Who may open a page at all. Rows are decided by `visible_to`, acts by `require`.

    `allows(user)` asks of any studio, `allows(user, studio)` of that one.
    """

    name: str
    allows: Callable[..., bool]
    public: bool = False
    before_new_password: bool = False  # open while a temporary password waits to be changed
    half_way: bool = False  # open after the password and before the second factor


class StepUp(Enum):
    """When a page asks once more who is there, if the last look is older than ten minutes.

    In force where SECOND_FACTOR is "required"; KEYS also where it is only offered, for those who have one.
    """

    ACT = "act"  # before it does something
    OPEN = "open"  # before it shows or hands out anything
    KEYS = "keys"  # before a second factor changes


PUBLIC = Policy("public", lambda user, studio=None: True, public=True)
SIGNED_IN = Policy("signed_in", lambda user, studio=None: True)
LEAVING = Policy("leaving", lambda user, studio=None: True, before_new_password=True, half_way=True)
HALF_WAY = Policy("half_way", lambda user, studio=None: True, before_new_password=True, half_way=True)
OWN_KEYS = Policy(
    "own_keys", lambda user, studio=None: not user.is_represented, before_new_password=True, half_way=True
)
OWN_PASSWORD = Policy("own_password", lambda user, studio=None: not user.is_represented, before_new_password=True)
OWN_HANDS = Policy(
    "own_hands", lambda user, studio=None: not user.is_represented
)  # never while someone types for another


def needs(*permissions: Permission) -> Policy:
    """The page is for holders of any one of these permissions: in the studio that the reader works in now, or, where the
    address names a row, in any, since the row says of which studio it is."""
    return Policy(
        "needs:" + "|".join(permissions), lambda user, studio=None: any(user.can(p, studio) for p in permissions)
    )


def page(policy: Policy, *, step_up: StepUp | None = None, lagging: bool = False):
    """Decorator of every view: a stranger is asked to sign in, a reader without the right gets 403.

    `lagging`: what it shows may be some seconds old, and is read from a replica where there is one. The reader and
    their rights are looked up before, and never there.
    """

    def decorate(view):
        answer = replicas.lagging(view) if lagging else view

        @wraps(view)
        def guarded(request, *args, **kwargs):
            stop = None if policy.public else stopped(request, policy, step_up)
            return stop or answer(request, *args, **kwargs)

        guarded.access_policy, guarded.step_up, guarded.lagging = policy, step_up, lagging
        return guarded

    return decorate


def stopped(request, policy: Policy, step_up: StepUp | None):
    """The answer in place of the page, or None when it may open."""
    if policy.half_way and half_in(request):
        return None
    if not request.user.is_authenticated:
        if request.method == "POST" and can_keep(request):
            return answer_of("accounts:login", request)
        return redirect_to_login(request.get_full_path())
    if not policy.allows(request.user, studio_of(request)):
        raise PermissionDenied
    if not policy.before_new_password and needs_new_password(request):
        return redirect("accounts:password")
    if step_up and asks_again(request, step_up):
        return answer_of("accounts:step_up", request)
    return None


def studio_of(request):
    """The studio of a page whose address names no row."""
    match = request.resolver_match
    return None if match and match.kwargs else getattr(request, "studio", None)


def half_in(request) -> User | None:
    """Who has given the password and still has to show the second factor. For all else they are nobody yet."""
    return getattr(request, "half_in", None)


def asks_again(request, step_up: StepUp) -> bool:
    person = request.user.acting_user or request.user
    if not is_required() and not (step_up is StepUp.KEYS and person.has_second_factor):
        return False
    if step_up is StepUp.ACT and request.method != "POST":
        return False
    return not looked_lately(request.session)


def answer_of(name: str, request):
    """Lets another page answer at this address, so that what was sent isn't lost on the way there."""
    return resolve(reverse(name)).func(request)


def needs_new_password(request) -> bool:
    """A temporary password opens nothing but the page that changes it. A sign-in card needs no password at all."""
    user = request.user
    return user.must_change_password and not user.is_represented and BY_CARD not in request.session


def require(user: User, permission: Permission, studio, *, subdistrict_id: str | None = None) -> None:
    """Stops with 403 unless the user holds the permission in this studio (and 街镇)."""
    if not user.can(permission, studio, subdistrict_id=subdistrict_id):
        raise PermissionDenied


def may_manage(user: User, person: User) -> bool:
    """Whether `user` may hold the keys of `person`: passwords, cards, whether they can sign in at all.

    Whoever can open another's account can do all that the other may. So they must look after accounts in every
    studio where the other has a role, and hold each permission of an office that the other holds.
    """
    if user.pk == person.pk or user.is_represented:
        return False
    if user.is_operator:
        return True
    if person.is_operator or not person.grants:
        return False
    return all(
        user.can(Permission.ACCOUNT_EDIT, grant.studio_id)
        and all(user.can(p, grant.studio_id) for p in office_permissions(grant.role))
        for grant in person.grants
    )


def office_permissions(role: str) -> frozenset:
    permissions = permissions_of(role)
    return permissions if Permission.ADMIN_SITE in permissions else frozenset()
