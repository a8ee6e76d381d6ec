"""Who may open which page of the clinic, and loading a row in a single step: strangers get 404, insiders 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .choices import CardState, CaseState, Level
from .models import Case, CaseCard, Consult, Invitation, PlanStep

READERS = needs(Permission.CLINIC_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
CASE_READERS = needs(Permission.CLINIC_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME, Permission.RECOMMEND)
PRESENTERS = needs(Permission.CLINIC_EDIT, Permission.MENTEE_HOME)
EDITORS = needs(Permission.CLINIC_EDIT)
VIEWERS = needs(Permission.CLINIC_VIEW)
DOCTORS = needs(Permission.MENTOR_HOME)
WRITERS = needs(Permission.CLINIC_EDIT, Permission.MENTOR_HOME, Permission.MENTEE_HOME)


def case_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Case:
    case = get_object_or_404(
        Case.objects.visible_to(user).for_lists().select_related("cohort__rules", "session"), pk=pk
    )
    if permission:
        require(user, permission, case.studio_id)
    return case


def hands_of(user: User) -> set:
    """Whose hands act: the account, and whoever types for it."""
    return {user.pk, getattr(user.acting_user, "pk", None)} - {None}


def is_presenter(user: User, case: Case) -> bool:
    return case.presenter.user_id == user.pk


def may_write(user: User, case: Case) -> bool:
    """The sheet itself: whoever wrote it, its presenter and the office; while it is a draft or still waits."""
    own = is_presenter(user, case) or case.filed_by_id == user.pk
    return case.state in (CaseState.DRAFT, CaseState.WAITING) and (
        own or user.can(Permission.CLINIC_EDIT, case.studio_id)
    )


def may_carry(user: User, case: Case) -> bool:
    """Plan, steps, notes, checks and the report: the presenter, or the office for them."""
    return is_presenter(user, case) or user.can(Permission.CLINIC_EDIT, case.studio_id)


def may_read_whole(user: User, case: Case) -> bool:
    """Discussion, files and who is asked: the presenter and theirs, those asked and the office; not everyone who may read
    a closed case."""
    near = is_presenter(user, case) or case.filed_by_id == user.pk or consult_of(user, case) is not None
    return near or user.can(Permission.CLINIC_VIEW, case.studio_id) or mentors_presenter(user, case)


def mentors_presenter(user: User, case: Case) -> bool:
    rows = case.presenter.apprenticeships.filter(pairings__ends=None, pairings__mentor__secretary__user=user.pk)
    return rows.exists()


def consult_of(user: User, case: Case) -> Consult | None:
    return case.consults.of(user).select_related("mentor__secretary").first()


def may_advise(user: User, case: Case) -> bool:
    """A mentor who was asked. Whoever types for them must not have a part of their own in the case: nobody reads
    another's words before all are open."""
    typist = user.acting_user
    if typist is not None and (is_presenter(typist, case) or consult_of(typist, case) is not None):
        return False
    return consult_of(user, case) is not None


def may_discuss(user: User, case: Case) -> bool:
    return case.is_released and not case.is_closed and may_read_whole(user, case)


def may_close(user: User, case: Case) -> bool:
    """销号: somebody of the office who neither presented nor reported it."""
    hands = hands_of(user)
    own = case.presenter.user_id in hands or case.reported_by_id in hands
    return case.awaits_close and not own and user.can(Permission.CLINIC_EDIT, case.studio_id)


def may_answer(user: User, case: Case) -> bool:
    """What was passed up: the office, and the liaison of the 街镇 it was passed up to."""
    if case.state != CaseState.ESCALATED:
        return False
    liaison = case.level == Level.SUBDISTRICT and not case.sensitive
    place = case.community.subdistrict_id
    return user.can(Permission.CLINIC_EDIT, case.studio_id) or (
        liaison and user.can(Permission.RECOMMEND, case.studio_id, subdistrict_id=place)
    )


def may_reopen(user: User, case: Case) -> bool:
    near = is_presenter(user, case) or mentors_presenter(user, case)
    return case.is_closed and (near or user.can(Permission.CLINIC_EDIT, case.studio_id))


def may_draw_card(user: User, case: Case) -> bool:
    """Makes a card of what a closed case has taught: the office, a mentor, its presenter; of a sensitive one the office."""
    if not case.is_closed:
        return False
    teaches = user.can(Permission.MENTOR_HOME, case.studio_id) or is_presenter(user, case)
    return user.can(Permission.CLINIC_EDIT, case.studio_id) or (teaches and not case.sensitive)


def case_to(user: User, pk: uuid.UUID, may) -> Case:
    """The case, when `may(user, case)`; else 403."""
    case = case_for(user, pk)
    if not may(user, case):
        raise PermissionDenied
    return case


def own_consult(user: User, pk: uuid.UUID) -> Consult:
    """What this mentor was asked about the case; 403 for who sees the case but wasn't asked, or types without being
    free to."""
    case = case_for(user, pk)
    consult = consult_of(user, case)
    if consult is None or not may_advise(user, case):
        raise PermissionDenied
    consult.case = case
    return consult


def consult_for(user: User, pk: uuid.UUID, permission: Permission) -> Consult:
    rows = Consult.objects.visible_to(user).for_lists().select_related("case__cohort__rules")
    consult = get_object_or_404(rows, pk=pk)
    require(user, permission, consult.studio_id)
    return consult


def invitation_for(user: User, pk: uuid.UUID, permission: Permission) -> Invitation:
    rows = Invitation.objects.visible_to(user).select_related("case__studio", "case__presenter")
    invitation = get_object_or_404(rows, pk=pk)
    require(user, permission, invitation.studio_id)
    return invitation


def step_for(user: User, pk: uuid.UUID) -> PlanStep:
    rows = PlanStep.objects.visible_to(user).select_related("case__presenter", "case__studio", "owner")
    return get_object_or_404(rows, pk=pk)


def may_do(user: User, step: PlanStep) -> bool:
    own = step.owner_id is not None and step.owner.user_id == user.pk
    return step.case.state in CaseState.with_plan() and (own or may_carry(user, step.case))


def card_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> CaseCard:
    card = get_object_or_404(CaseCard.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, card.studio_id)
    return card


def may_write_card(user: User, card: CaseCard) -> bool:
    return card.written_by_id == user.pk or user.can(Permission.CLINIC_EDIT, card.studio_id)


def may_review_card(user: User, card: CaseCard) -> bool:
    own = card.written_by_id in hands_of(user)
    return card.state == CardState.REVIEW and not own and user.can(Permission.CLINIC_EDIT, card.studio_id)
