"""Who keeps the list of a session and who may read whose hours: strangers get 404, insiders without the right 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cohorts.models import Mentee, Pairing
from mentorship.accounts.access import needs
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .access import session_for
from .models import Attendance, Session

KEEPERS = needs(Permission.TRAINING_EDIT, Permission.MENTOR_HOME)


def may_keep(user: User, session: Session) -> bool:
    """The office, and the mentor who hosts it; never someone who is on the list themselves."""
    hands = {user.pk, getattr(user.acting_user, "pk", None)}
    hosts = session.host_id and session.host.secretary.user_id == user.pk
    if Mentee.objects.filter(cohort=session.cohort_id, secretary__user__in=hands - {None}).exists():
        return False
    return bool(hosts) or user.can(Permission.TRAINING_EDIT, session.studio_id)


def session_to_keep(user: User, pk: uuid.UUID) -> Session:
    session = session_for(user, pk)
    if not may_keep(user, session):
        raise PermissionDenied
    return session


def attendance_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Attendance:
    rows = Attendance.objects.visible_to(user).for_lists().select_related("session__studio", "studio")
    row = get_object_or_404(rows, pk=pk)
    if permission and not user.can(permission, row.studio_id):
        raise PermissionDenied
    return row


def mentee_of_hours(user: User, pk: uuid.UUID) -> Mentee:
    rows = Mentee.objects.visible_to(user).for_lists().select_related("cohort__rules", "cohort__framework")
    mentee = get_object_or_404(rows, pk=pk)
    own = mentee.secretary.user_id == user.pk
    led = Pairing.objects.current().filter(mentee=mentee, mentor__secretary__user=user.pk)
    if not (own or user.can(Permission.TRAINING_VIEW, mentee.studio_id) or led.exists()):
        raise PermissionDenied
    return mentee
