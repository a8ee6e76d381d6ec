"""Every page names its policy. The test of access policies fails on a page that names none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

from .models import User
from .permissions import Permission


@dataclass(frozen=True)
class Policy:
    """Who may open a page at all. Rows are decided by `visible_to`, acts by `require`."""

    name: str
    allows: Callable[[User], bool]
    public: bool = False


PUBLIC = Policy("public", lambda user: True, public=True)
SIGNED_IN = Policy("signed_in", lambda user: True)
OWN_HANDS = Policy("own_hands", lambda user: not user.is_represented)  # never while someone types for another


def needs(*permissions: Permission) -> Policy:
    """The page is for holders of any one of these permissions, in any studio."""
    return Policy("needs:" + "|".join(permissions), lambda user: any(user.can(p) for p in permissions))


def page(policy: Policy):
    """Decorator of every view: a stranger is asked to sign in, a reader without the right gets 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not policy.public:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if not policy.allows(request.user):
                    raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access_policy = policy
        return guarded

    return decorate


def require(user: User, permission: Permission, studio, *, subdistrict_id: str | None = None) -> None:
    """Stops with 403 unless the user holds the permission in this studio (and 街镇)."""
    if not user.can(permission, studio, subdistrict_id=subdistrict_id):
        raise PermissionDenied
