"""Who may open which page of a mentee's growth: strangers get 404, insiders without the right 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cohorts.models import Mentee, Pairing
from evaluations.growth.models import GapPlan, Rating, SampleDraw
from mentorship.accounts.access import needs
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

READERS = needs(Permission.RATING_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
RATERS = needs(Permission.RATING_EDIT, Permission.MENTOR_HOME)
PAIR = needs(Permission.MENTOR_HOME, Permission.MENTEE_HOME)
COMPARERS = needs(Permission.RATING_VIEW)


def is_own(user: User, mentee: Mentee) -> bool:
    return mentee.secretary.user_id == user.pk


def is_mentor_of(user: User, mentee: Mentee) -> bool:
    return Pairing.objects.current().filter(mentee=mentee, mentor__secretary__user=user.pk).exists()


def mentee_for(user: User, pk: uuid.UUID) -> Mentee:
    rows = Mentee.objects.visible_to(user).for_lists().select_related("cohort__studio", "cohort__framework")
    mentee = get_object_or_404(rows, pk=pk)
    if not (is_own(user, mentee) or user.can(Permission.RATING_VIEW, mentee.studio) or is_mentor_of(user, mentee)):
        raise PermissionDenied
    return mentee


def may_rate(user: User, mentee: Mentee) -> bool:
    """The mentor of the pair and the officers of the studio; never oneself."""
    hands = {user.pk, getattr(user.acting_user, "pk", None)}
    if mentee.secretary.user_id in hands:
        return False
    return user.can(Permission.RATING_EDIT, mentee.studio) or is_mentor_of(user, mentee)


def mentee_to_rate(user: User, pk: uuid.UUID) -> Mentee:
    mentee = mentee_for(user, pk)
    if not may_rate(user, mentee):
        raise PermissionDenied
    return mentee


def plan_for(user: User, pk: uuid.UUID) -> GapPlan:
    rows = GapPlan.objects.visible_to(user).select_related(
        "mentee__secretary__community", "mentee__cohort", "cohort__studio", "cohort__framework", "created_by",
        "carried_from",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def plan_to_change(user: User, pk: uuid.UUID) -> GapPlan:
    plan = plan_for(user, pk)
    if not may_rate(user, plan.mentee):
        raise PermissionDenied
    return plan


def rating_for(user: User, pk: uuid.UUID) -> Rating:
    rows = Rating.objects.visible_to(user).select_related(
        "mentee__secretary", "mentee__cohort", "indicator", "log", "case"
    )
    return get_object_or_404(rows, pk=pk)


def draw_for(user: User, pk: uuid.UUID) -> SampleDraw:
    rows = SampleDraw.objects.visible_to(user).select_related("cohort__studio", "drawn_by")
    return get_object_or_404(rows, pk=pk)
