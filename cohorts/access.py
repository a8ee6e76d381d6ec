"""Loading a row and checking a right in one step: strangers get 404, insiders without the right 403."""

import uuid

from django.shortcuts import get_object_or_404

from mentorship.accounts.access import require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import Cohort, Mentee, Mentor


def cohort_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Cohort:
    rows = Cohort.objects.visible_to(user).select_related("studio", "framework", "rules")
    cohort = get_object_or_404(rows, pk=pk)
    if permission:
        require(user, permission, cohort.studio)
    return cohort


def mentor_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Mentor:
    mentor = get_object_or_404(Mentor.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, mentor.studio)
    return mentor


def mentee_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Mentee:
    mentee = get_object_or_404(Mentee.objects.visible_to(user).for_lists().select_related("recommended_by"), pk=pk)
    if permission:
        require(user, permission, mentee.studio)
    return mentee


def recommending_for(user: User, cohort: Cohort) -> set[str] | None:
    """Codes of the 街镇 for which this person may see and fill the pool; None for all of the studio."""
    if user.can(Permission.COHORT_VIEW, cohort.studio):
        return None
    whole, part = user.scope_of(Permission.RECOMMEND)
    if cohort.studio_id in whole:
        return None
    return {subdistrict for studio, subdistrict in part if studio == cohort.studio_id}
