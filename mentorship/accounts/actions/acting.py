"""Typing for a mentor, and the helpers a mentor names."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.models import Assistant, User
from mentorship.accounts.queries import studios_to_act_in
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio


@transaction.atomic
def start_acting(*, by: User, principal: User) -> None:
    """Raises PermissionDenied for anyone who may not type for this mentor. The caller keeps the fact in the session."""
    studios = set() if by.is_represented else studios_to_act_in(by, principal)
    if not studios:
        raise PermissionDenied
    for studio_id in sorted(studios):
        record(by=by, verb="acting.started", on=principal, studio=studio_id)


@transaction.atomic
def stop_acting(*, by: User) -> None:
    """`by` is the mentor, with the typist beside."""
    for studio_id in sorted({grant.studio_id for grant in by.grants}):
        record(by=by, verb="acting.stopped", on=by, studio=studio_id)


@transaction.atomic
def name_assistant(*, by: User, principal: User, helper: User, studio: Studio) -> Assistant:
    """Raises Refused on oneself or a helper named already."""
    if helper.pk == principal.pk:
        raise Refused(_("协助录入人要另请一位。"), field="helper")
    try:
        with transaction.atomic():
            assistant = Assistant.objects.create(studio=studio, principal=principal, helper=helper)
    except IntegrityError:
        raise Refused(_("已经是协助录入人了。"), field="helper") from None
    record(by=by, verb="assistant.named", on=principal, studio=studio, after={"helper": helper.name})
    return assistant


@transaction.atomic
def end_assistant(*, by: User, assistant: Assistant) -> None:
    """From now on the helper types no more; what they are doing right now ends too. Twice changes nothing."""
    if Assistant.objects.filter(pk=assistant.pk, ended_at=None).update(ended_at=timezone.now()):
        record(
            by=by,
            verb="assistant.ended",
            on=assistant.principal,
            studio=assistant.studio_id,
            before={"helper": assistant.helper.name},
        )
