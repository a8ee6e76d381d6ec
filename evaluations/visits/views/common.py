"""What several pages of visits share."""

from mentorship.accounts.permissions import Permission


def may_edit(request) -> bool:
    return bool(request.studio) and request.user.can(Permission.VISIT_EDIT, request.studio)


def sees_all(request) -> bool:
    return bool(request.studio) and request.user.can(Permission.VISIT_VIEW, request.studio)
