"""What a card or a closed case was good for. Said twice, each counts once: the row that stands is given back."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.clinic.choices import UseKind
from cohorts.clinic.models import CardUse, Case, CaseCard, CaseHelp
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused


@transaction.atomic
def use_in_plan(*, by: User, card: CaseCard, row) -> CardUse:
    """`row`: of a gap plan, or its id; plans stand above the clinic."""
    key = getattr(row, "pk", row)
    return used(by, card, "card.used_in_plan", {"kind": UseKind.PLAN, "row": uuid.UUID(str(key))}, {"by": by})


@transaction.atomic
def use_in_session(*, by: User, card: CaseCard, session: Session) -> CardUse:
    """One that is not cancelled, of the card's studio; else Refused."""
    if session.studio_id != card.studio_id or session.is_cancelled:
        raise Refused(_("请选一次没有取消的培训。"), field="session")
    return used(by, card, "card.used_in_session", {"kind": UseKind.TRAINING, "session": session}, {"by": by})


@transaction.atomic
def say_helped(*, by: User, card: CaseCard, instead: bool = False) -> CardUse:
    """`instead`: so much that no new case was sent in. Not of a card that one wrote."""
    refuse_own(by, card.written_by_id)
    kind = UseKind.ANSWERED if instead else UseKind.HELPED
    return used(by, card, "card.helped", {"kind": kind, "by": by}, {})


@transaction.atomic
def say_case_helped(*, by: User, case: Case, instead: bool = False) -> CaseHelp:
    """A closed case only, and not one's own. Said again, `instead` may be added and is never taken off."""
    locked(case)
    if not case.is_closed:
        raise Refused(_("办结的会诊单才能说有用。"))
    refuse_own(by, case.presenter.user_id, case.filed_by_id)
    facts = {"studio_id": case.studio_id, "instead": instead}
    row, made = CaseHelp.objects.get_or_create(case=case, by=by, defaults=facts)
    added = instead and not row.instead
    if added:
        row.instead = True
        row.save(update_fields=["instead", "updated_at"])
    if made or added:
        record(by=by, verb="case.helped", on=case, studio=case.studio_id, after={"instead": instead})
    return row


def used(by: User, card: CaseCard, verb: str, key: dict, more: dict) -> CardUse:
    """The use that stands for this key, or a new one with its line in the trail. Only of a card of the library."""
    locked(card)
    if not card.is_published:
        raise Refused(_("这张卡还没有入库，或者已经撤下了。"))
    row, made = CardUse.objects.get_or_create(card=card, **key, defaults={"studio_id": card.studio_id, **more})
    if made:
        after = {"instead": True} if row.kind == UseKind.ANSWERED else None
        record(by=by, verb=verb, on=card, studio=card.studio_id, after=after)
    return row


def refuse_own(by: User, *people) -> None:
    """Of one's own nobody says that it helped, nor does the one who types for them."""
    if {by.pk, getattr(by.acting_user, "pk", None)} - {None} & set(people):
        raise Refused(_("自己的，请别人来说有没有用。"))
