"""延期: asked by the day it is due, granted or not by another person."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.visits.choices import ExtensionState, FindingState, StepKind
from evaluations.visits.models import Extension, Finding
from evaluations.visits.queries.rules import keepers_of, latest_extension
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import add_step, both_of, day_of, hands_of
from .findings import owners_of
from .telling import tell_of_finding


@transaction.atomic
def ask_extension(
    *, by: User, finding: Finding, new_due: datetime.date, reason: str, on: datetime.date | None = None
) -> Extension:
    """Raises Refused after the day it is due, for a day that is not later or too late, and while one waits."""
    locked(finding)
    if not finding.visit.is_signed or finding.status not in FindingState.to_mend():
        raise Refused(_("这一项现在是“%(state)s”，不用延期。") % {"state": finding.get_status_display()})
    day = day_of(finding.studio, on)
    if day > finding.due:
        raise Refused(_("期限%(day)s已经过了，延期要在到期前申请。") % {"day": finding.due.isoformat()})
    if finding.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Refused(_("已经申请过一次，等工作室答复。"))
    if not reason.strip():
        raise Refused(_("写一句为什么要延期。"), field="reason")
    if new_due <= finding.due:
        raise Refused(_("要比现在的期限%(day)s晚。") % {"day": finding.due.isoformat()}, field="new_due")
    latest = latest_extension(finding)
    if new_due > latest:
        raise Refused(_("这一次最晚延到%(day)s。") % {"day": latest.isoformat()}, field="new_due")
    extension = Extension.objects.create(
        studio_id=finding.studio_id, finding=finding, old_due=finding.due, new_due=new_due, reason=reason.strip(),
        asked_by=hands_of(by), asked_on=day,
    )  # fmt: skip
    add_step(by, finding, StepKind.ASKED, day, reason.strip())
    days = {"old_due": finding.due.isoformat(), "new_due": new_due.isoformat()}
    record(by=by, verb="finding.extension_asked", on=finding, studio=finding.studio_id, after=days)
    tell_of_finding("finding_extension_asked", by=by, finding=finding, to=keepers_of(finding.studio), new_due=new_due)
    return extension


@transaction.atomic
def grant_extension(*, by: User, extension: Extension, answer: str = "", on: datetime.date | None = None) -> Extension:
    """The finding is due on the new day. Also after the old one, as long as it was asked in time."""
    finding = decide(by, extension, ExtensionState.GRANTED, answer, on)
    finding.due = extension.new_due
    finding.save(update_fields=["due", "updated_at"])
    tell_decided(by, finding, granted=True)
    return extension


@transaction.atomic
def decline_extension(*, by: User, extension: Extension, answer: str, on: datetime.date | None = None) -> Extension:
    """The day stands, and why."""
    if not answer.strip():
        raise Refused(_("写一句为什么不能延期。"), field="answer")
    finding = decide(by, extension, ExtensionState.DECLINED, answer, on)
    tell_decided(by, finding, granted=False)
    return extension


def decide(by: User, extension: Extension, state: str, answer: str, on: datetime.date | None) -> Finding:
    """Writes the answer down; returns the finding, held. Raises Refused for the same person and a second answer."""
    finding = locked(extension.finding)
    locked(extension)
    if extension.state != ExtensionState.ASKED:
        raise Refused(_("这次申请已经答复过了。"))
    if {extension.asked_by_id, finding.owner.user_id, finding.visit.mentee.secretary.user_id} & both_of(by):
        raise Refused(_("延期要换一个人来答复。"))
    extension.state, extension.answer, extension.decided_by = state, answer.strip(), hands_of(by)
    extension.decided_on = max(day_of(extension.studio, on), extension.asked_on)
    extension.save()
    granted = state == ExtensionState.GRANTED
    kind = StepKind.GRANTED if granted else StepKind.REFUSED
    add_step(by, finding, kind, extension.decided_on, extension.answer)
    verb = "finding.extension_granted" if granted else "finding.extension_declined"
    days = {"old_due": extension.old_due.isoformat(), "new_due": extension.new_due.isoformat()}
    record(by=by, verb=verb, on=finding, studio=finding.studio_id, after=days)
    return finding


def tell_decided(by: User, finding: Finding, *, granted: bool) -> None:
    tell_of_finding("finding_extension_decided", by=by, finding=finding, to=owners_of(finding), granted=granted)
