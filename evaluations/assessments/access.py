"""Who may open which page, and loading a row in one step: strangers get 404, insiders without the right 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import RaterTask, ReviewRequest, Round, Scheme, Sheet, VetoItem

READERS = needs(Permission.ASSESSMENT_VIEW)
OFFICERS = needs(Permission.ASSESSMENT_EDIT)
DECIDERS = needs(Permission.ASSESSMENT_DECIDE)
RATERS = needs(Permission.ASSESSMENT_EDIT, Permission.MENTOR_HOME, Permission.MENTEE_HOME, Permission.RECOMMEND)
MENTEES = needs(Permission.MENTEE_HOME)
MENTORS = needs(Permission.ASSESSMENT_EDIT, Permission.MENTOR_HOME)
CONCERNED = needs(Permission.ASSESSMENT_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)


def round_for(user: User, pk: uuid.UUID, permission: Permission = Permission.ASSESSMENT_VIEW) -> Round:
    rows = Round.objects.visible_to(user).for_lists().select_related("cohort__rules", "cohort__framework")
    row = get_object_or_404(rows, pk=pk)
    require(user, permission, row.studio_id)
    return row


def scheme_for(user: User, pk: uuid.UUID, permission: Permission = Permission.ASSESSMENT_VIEW) -> Scheme:
    rows = Scheme.objects.visible_to(user).select_related("studio", "cohort__framework", "cohort__studio", "made_by")
    row = get_object_or_404(rows, pk=pk)
    require(user, permission, row.studio_id)
    return row


def sheet_for(user: User, pk: uuid.UUID) -> Sheet:
    return get_object_or_404(Sheet.objects.visible_to(user).for_lists(), pk=pk)


def is_own(user: User, sheet: Sheet) -> bool:
    return sheet.mentee.secretary.user_id == user.pk


def own_sheet(user: User, pk: uuid.UUID) -> Sheet:
    sheet = sheet_for(user, pk)
    if not is_own(user, sheet):
        raise PermissionDenied
    return sheet


def commenting_sheet(user: User, pk: uuid.UUID) -> Sheet:
    """The sheet for whoever writes the comment and holds the talk: the mentor of now, or an officer.

    The mentor writes before the release, when the sheet's page is still closed to them.
    """
    rows = Sheet.objects.for_lists()
    mine = rows.filter(mentee__pairings__ends=None, mentee__pairings__mentor__secretary__user=user.pk)
    sheet = mine.filter(pk=pk).first() or get_object_or_404(rows.visible_to(user), pk=pk)
    if not may_comment(user, sheet):
        raise PermissionDenied
    return sheet


def may_comment(user: User, sheet: Sheet) -> bool:
    if is_own(user, sheet):
        return False
    mentor = sheet.mentee.pairings.current().filter(mentor__secretary__user=user.pk).exists()
    return mentor or user.can(Permission.ASSESSMENT_EDIT, sheet.studio_id)


def task_for(user: User, pk: uuid.UUID) -> RaterTask:
    return get_object_or_404(RaterTask.objects.visible_to(user).for_lists(), pk=pk)


def veto_for(user: User, pk: uuid.UUID) -> VetoItem:
    rows = VetoItem.objects.visible_to(user).select_related("sheet__round", "sheet__mentee__secretary", "raised_by")
    row = get_object_or_404(rows, pk=pk)
    require(user, Permission.ASSESSMENT_EDIT, row.studio_id)
    return row


def review_for(user: User, pk: uuid.UUID) -> ReviewRequest:
    return get_object_or_404(ReviewRequest.objects.visible_to(user).for_lists(), pk=pk)
