"""Who may open which page of promotion, and loading a row in a single step: strangers get 404, insiders 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import SIGNED_IN, needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import Appeal, Candidate, Certificate, Objection, PanelMember, PublicNotice, Review

READERS = needs(Permission.PROMOTION_VIEW, Permission.REVIEW, Permission.MENTOR_HOME)
CLERKS = needs(Permission.PROMOTION_EDIT)
LEADS = needs(Permission.PROMOTION_DECIDE)
RECORDS = needs(Permission.PROMOTION_VIEW)
OWN = needs(Permission.PROMOTION_VIEW, Permission.MENTEE_HOME, Permission.MENTOR_HOME)
INSIDERS = SIGNED_IN  # rows decide: members of a panel, checkers, the person concerned


def checked(user: User, row, permission: Permission | None):
    if permission:
        require(user, permission, row.studio_id)
    return row


def review_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Review:
    rows = Review.objects.visible_to(user).select_related("studio", "cohort__rules", "concluded_by")
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def candidate_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Candidate:
    rows = Candidate.objects.visible_to(user).for_lists()
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def member_for(user: User, pk: uuid.UUID, permission: Permission) -> PanelMember:
    rows = PanelMember.objects.visible_to(user).select_related("review__studio", "user")
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def notice_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> PublicNotice:
    rows = PublicNotice.objects.visible_to(user).select_related("studio", "review__cohort")
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def objection_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Objection:
    rows = Objection.objects.visible_to(user).select_related(
        "studio", "notice", "candidate__mentee__secretary", "checker_1", "checker_2", "found_by"
    )
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def appeal_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Appeal:
    rows = Appeal.objects.visible_to(user).select_related("studio", "candidate__mentee__secretary", "candidate__review")
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def certificate_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Certificate:
    rows = Certificate.objects.visible_to(user).for_lists()
    return checked(user, get_object_or_404(rows, pk=pk), permission)


def seat_of(user: User, review: Review) -> PanelMember | None:
    """The reader's place on the panel; never while someone types for them, and only as one of the studio."""
    if user.is_represented or review.studio_id not in user.studio_ids:
        return None
    return PanelMember.objects.filter(review=review, user=user.pk).first()


def require_seat(user: User, review: Review) -> PanelMember:
    seat = seat_of(user, review)
    if seat is None:
        raise PermissionDenied
    return seat
