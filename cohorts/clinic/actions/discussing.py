"""讨论: what is said once opinions are open. It tells nobody; the list of cases shows that something stirred."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_discuss
from cohorts.clinic.models import Case, Remark
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import locked, stir


@transaction.atomic
def say(*, by: User, case: Case, text: str) -> Remark:
    """Raises Refused before opinions are open and once the case is closed, PermissionDenied for who has no part in it."""
    locked(case)
    refuse_unless_discussed(case)
    if not may_discuss(by, case):
        raise PermissionDenied
    remark = add_remark(case, text, by=by)
    record(by=by, verb="case.discussed", on=case, studio=case.studio_id)
    return remark


def refuse_unless_discussed(case: Case) -> None:
    if not case.is_released:
        raise Refused(_("意见公开以后再讨论：先各看各的，不互相影响。"))
    if case.is_closed:
        raise Refused(_("这件会诊已经销号，讨论到此为止。"))


def add_remark(case: Case, text: str, **voice) -> Remark:
    """`voice`: by or invitation."""
    text = text.strip()
    if not text:
        raise Refused(_("写一句再说。"), field="text")
    remark = Remark.objects.create(studio_id=case.studio_id, case=case, text=text, **voice)
    stir(case)
    return remark
