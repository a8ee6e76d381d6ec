"""Who may open which page of a visit, and loading a row in a single step: strangers get 404, insiders 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .choices import FindingState, VisitState
from .models import Extension, Finding, Visit

READERS = needs(Permission.VISIT_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
WRITERS = needs(Permission.VISIT_EDIT, Permission.MENTOR_HOME)
EDITORS = needs(Permission.VISIT_EDIT)
EXPORTERS = needs(Permission.VISIT_VIEW)
MENDERS = needs(Permission.VISIT_EDIT, Permission.MENTEE_HOME)
MENTEES = needs(Permission.MENTEE_HOME)


def visit_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Visit:
    visit = get_object_or_404(Visit.objects.visible_to(user).for_lists().select_related("cohort__rules"), pk=pk)
    if permission:
        require(user, permission, visit.studio_id)
    return visit


def finding_for(user: User, pk: uuid.UUID) -> Finding:
    rows = Finding.objects.visible_to(user).for_lists().select_related("visit__studio", "reported_by", "verified_by")
    return get_object_or_404(rows, pk=pk)


def extension_for(user: User, pk: uuid.UUID) -> Extension:
    rows = Extension.objects.visible_to(user).select_related("finding__visit__mentee__secretary", "asked_by", "studio")
    return get_object_or_404(rows, pk=pk)


def is_about(user: User, visit: Visit) -> bool:
    return visit.mentee.secretary.user_id == user.pk


def may_record(user: User, visit: Visit) -> bool:
    """Those who went, and those who keep the register; never the one whom it is about."""
    if is_about(user, visit):
        return False
    return user.can(Permission.VISIT_EDIT, visit.studio_id) or visit.team.filter(user=user.pk).exists()


def visit_to_record(user: User, pk: uuid.UUID) -> Visit:
    visit = visit_for(user, pk)
    if not may_record(user, visit):
        raise PermissionDenied
    return visit


def may_sign(user: User, visit: Visit) -> bool:
    return visit.state == VisitState.RECORDED and not user.is_represented and may_record(user, visit)


def may_state(user: User, visit: Visit) -> bool:
    """本人说明, in one's own hands."""
    return visit.is_signed and is_about(user, visit) and not user.is_represented


def may_mend(user: User, finding: Finding) -> bool:
    """The owner, or the studio that enters it for them from paper."""
    own = finding.owner.user_id == user.pk or is_about(user, finding.visit)
    return finding.visit.is_signed and (own or user.can(Permission.VISIT_EDIT, finding.studio_id))


def may_report(user: User, finding: Finding) -> bool:
    return finding.status in FindingState.to_mend() and may_mend(user, finding)


def may_verify(user: User, finding: Finding) -> bool:
    """Someone who went or keeps the register, but neither the owner nor the one who reported it done."""
    hands = {user.pk, getattr(user.acting_user, "pk", None)}
    return (
        finding.status == FindingState.REPORTED
        and finding.reported_by_id not in hands
        and finding.owner.user_id not in hands - {None}
        and may_record(user, finding.visit)
    )


def may_decide(user: User, extension: Extension) -> bool:
    hands = {user.pk, getattr(user.acting_user, "pk", None)}
    return (
        extension.asked_by_id not in hands
        and not is_about(user, extension.finding.visit)
        and user.can(Permission.VISIT_EDIT, extension.studio_id)
    )
