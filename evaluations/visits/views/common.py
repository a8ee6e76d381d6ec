"""What several pages of visits share."""

from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


def may_edit(request) -> bool:
    return bool(request.studio) and request.user.can(Permission.VISIT_EDIT, request.studio)


def acted(form, act, **facts):
    """What the action returns, True for nothing; None when it refused, with the reason in the form."""
    try:
        return act(**facts) or True
    except Refused as refused:
        add_refusal(form, refused)
        return None


def sees_all(request) -> bool:
    return bool(request.studio) and request.user.can(Permission.VISIT_VIEW, request.studio)
