"""Who may open which page of a log, and loading one in a single step: strangers get 404, insiders 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cohorts.models import Mentee, Pairing
from mentorship.accounts.access import needs
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import Homework, Reflection, TeachingLog

READERS = needs(Permission.LOG_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
WRITERS = needs(Permission.LOG_EDIT, Permission.MENTOR_HOME)
KEEPERS = needs(Permission.LOG_EDIT, Permission.MENTOR_HOME, Permission.MENTEE_HOME)  # of drafts
MENTORS = needs(Permission.MENTOR_HOME)
MENTEES = needs(Permission.MENTEE_HOME)
OFFICERS = needs(Permission.LOG_EDIT)
EXPORTERS = needs(Permission.LOG_VIEW)


def log_for(user: User, pk: uuid.UUID) -> TeachingLog:
    rows = TeachingLog.objects.visible_to(user).for_lists().select_related("transcribed_by", "cohort__studio")
    return get_object_or_404(rows, pk=pk)


def is_theirs(user: User, log: TeachingLog) -> bool:
    """The mentor who held it, also while a helper types for them."""
    return log.mentor.secretary.user_id == user.pk


def may_change(user: User, log: TeachingLog) -> bool:
    return is_theirs(user, log) or user.can(Permission.LOG_EDIT, log.studio_id)


def log_to_change(user: User, pk: uuid.UUID) -> TeachingLog:
    log = log_for(user, pk)
    if not may_change(user, log):
        raise PermissionDenied
    return log


def may_mark(user: User, work: Reflection | Homework) -> bool:
    """The mentor now (also while a helper types for them) and those who enter for mentors; never one's own work."""
    if work.mentee.secretary.user_id == user.pk:
        return False
    teaches = Pairing.objects.current().filter(mentee=work.mentee_id, mentor__secretary__user=user.pk)
    return user.can(Permission.LOG_EDIT, work.studio_id) or teaches.exists()


def may_write_own(user: User, mentee: Mentee) -> bool:
    """The apprentice, with their own hands."""
    return mentee.secretary.user_id == user.pk and not user.is_represented


def reflection_for(user: User, pk: uuid.UUID) -> Reflection:
    rows = Reflection.objects.visible_to(user).for_lists().select_related("commented_by", "cohort__studio")
    return get_object_or_404(rows, pk=pk)


def homework_for(user: User, pk: uuid.UUID) -> Homework:
    rows = Homework.objects.visible_to(user).for_lists().select_related("commented_by", "cohort__studio")
    return get_object_or_404(rows, pk=pk)
