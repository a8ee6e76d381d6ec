"""Who may open which page of the meetings, and loading a row in a single step: strangers get 404, insiders 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import ActionItem, Meeting, Minutes, Product

READERS = needs(Permission.MEETING_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
EDITORS = needs(Permission.MEETING_EDIT)


def meeting_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, meeting.studio_id)
    return meeting


def may_keep(user: User, meeting: Meeting) -> bool:
    """Those who keep the studio's meetings, and whoever was asked to write this one down."""
    if user.can(Permission.MEETING_EDIT, meeting.studio_id):
        return True
    return bool(meeting.recorder_id and meeting.recorder.account == user)


def meeting_to_keep(user: User, pk: uuid.UUID) -> Meeting:
    meeting = meeting_for(user, pk)
    if not may_keep(user, meeting):
        raise PermissionDenied
    return meeting


def minutes_for(user: User, pk: uuid.UUID) -> Minutes:
    return get_object_or_404(Minutes.objects.visible_to(user).select_related("meeting__studio", "notice"), pk=pk)


def item_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> ActionItem:
    item = get_object_or_404(ActionItem.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, item.studio_id)
    return item


def product_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Product:
    product = get_object_or_404(Product.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, product.studio_id)
    return product
