"""Who may open which page of the training, and loading a row in a single step: strangers get 404, insiders 403."""

import uuid

from django.shortcuts import get_object_or_404

from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import Course, Session

READERS = needs(Permission.TRAINING_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
EDITORS = needs(Permission.TRAINING_EDIT)
APPRENTICES = needs(Permission.MENTEE_HOME)


def session_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Session:
    session = get_object_or_404(Session.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, session.studio_id)
    return session


def course_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Course:
    course = get_object_or_404(Course.objects.visible_to(user).select_related("session__studio", "subject"), pk=pk)
    if permission:
        require(user, permission, course.studio_id)
    return course
