"""Who may see which dates is decided by the apps they come from; here: who plans, and whose feed is whose."""

import uuid

from django.shortcuts import get_object_or_404

from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.places.models import Studio

from .models import CalendarFeed

PLANNERS = (Permission.TRAINING_EDIT, Permission.MEETING_EDIT, Permission.VISIT_EDIT)


def may_see_conflicts(user: User, studio: Studio) -> bool:
    return any(user.can(permission, studio) for permission in PLANNERS)


def own_feed(user: User, pk: uuid.UUID) -> CalendarFeed:
    return get_object_or_404(CalendarFeed.objects.filter(user=user.pk), pk=pk)
