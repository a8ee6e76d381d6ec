"""An extension or an exit that hurts: talk, limit, another look, a proposal by one, the decision by another, the notice.

domain.md §3.7. Nobody proposes or decides on themselves or on their own pair.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, ProposalState, RosterKind, WithdrawReason
from cohorts.models import Mentee, ReminderTalk, RosterProposal
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both

from .common import locked, refuse_alone, refuse_own_case
from .roster import check_talk, extend, standing_pair, withdraw


@transaction.atomic
def propose_extension(
    *, by: User, mentee: Mentee, date: datetime.date, reason: str, months: int | None = None
) -> RosterProposal:
    """延期带教, put forward. Raises Refused as `extend` would."""
    refuse_own_pair(by, mentee, date)
    if mentee.status != MenteeStatus.CHOSEN:
        raise Refused(
            _("%(name)s现在是“%(status)s”，不能延期。") % {"name": mentee, "status": mentee.get_status_display()}
        )
    months = months or mentee.cohort.rules.fail_extension_months
    return put_forward(by, mentee, kind=RosterKind.EXTEND, date=date, reason=reason, months=months)


@transaction.atomic
def propose_withdrawal(
    *,
    by: User,
    mentee: Mentee,
    date: datetime.date,
    reason: str,
    withdraw_reason: str,
    reevaluation: str = "",
    talk: ReminderTalk | None = None,
) -> RosterProposal:
    """退出培养, put forward. Where it hurts: after a talk, when its limit is over and someone has looked again."""
    refuse_own_pair(by, mentee, date)
    if withdraw_reason not in WithdrawReason.values:
        raise Refused(_("请选退出的原因。"), field="withdraw_reason")
    talk = talk or mentee.talks.filter(date__lte=date).first()
    if withdraw_reason in WithdrawReason.needing_talk():
        check_talk(mentee, talk, date)
        if not reevaluation.strip():
            raise Refused(_("限期到了再看一次，写下看到的情况。"), field="reevaluation")
    return put_forward(
        by, mentee, kind=RosterKind.WITHDRAW, date=date, reason=reason, withdraw_reason=withdraw_reason,
        reevaluation=reevaluation.strip(), talk=talk,
    )  # fmt: skip


def refuse_own_pair(by: User, mentee: Mentee, date: datetime.date) -> None:
    pairing = standing_pair(mentee, date, required=False)
    refuse_own_case(by, mentee, pairing and pairing.mentor)


def put_forward(by: User, mentee: Mentee, *, reason: str, **facts) -> RosterProposal:
    if not reason.strip():
        raise Refused(_("写一句原因。"), field="reason")
    if mentee.roster_proposals.filter(state=ProposalState.OPEN).exists():
        raise Refused(_("%(name)s已经有一件建议在等决定。") % {"name": mentee})
    others = [user for user in deciders_of(mentee) if user.pk not in {by.pk, getattr(by.acting_user, "pk", None)}]
    if not others:
        raise Refused(_("没有另一位能决定的人。请由专员提出，您来决定。"))
    row = RosterProposal.objects.create(
        studio_id=mentee.studio_id, mentee=mentee, reason=reason.strip(), proposed_by=by.acting_user or by,
        proposed_on=mentee.studio.today(), **facts,
    )  # fmt: skip
    told = {"kind": row.kind, "date": row.date, "withdraw_reason": row.withdraw_reason}
    record(by=by, verb="roster.proposed", on=mentee, studio=mentee.studio_id, after=told)
    particulars = {"person": in_both(mentee.__str__), "kind": in_both(row.get_kind_display)}
    notify(
        kind="roster_proposed", studio=mentee.studio, to=others, by=row.proposed_by, particulars=particulars,
        url=reverse("cohorts:proposal", args=[row.pk]),
    )  # fmt: skip
    return row


def deciders_of(mentee: Mentee):
    return people_of(mentee.studio, [r for r, data in ROLES.items() if Permission.COHORT_DECIDE in data.permissions])


@transaction.atomic
def decide_proposal(*, by: User, proposal: RosterProposal, agreed: bool, answer: str = "") -> RosterProposal:
    """Another person agrees, and the change is made; or does not, and says why."""
    mentee = locked(proposal.mentee)
    locked(proposal)
    if proposal.state != ProposalState.OPEN:
        raise Refused(_("这件建议已经决定过了。"))
    refuse_alone(by, proposal.proposed_by)
    pairing = mentee.pairings.current().select_related("mentor__secretary").first()
    refuse_own_case(by, mentee, pairing and pairing.mentor)
    if not agreed and not answer.strip():
        raise Refused(_("写一句为什么不同意。"), field="answer")
    if agreed:
        carry_out(by, proposal, mentee)
    proposal.state = ProposalState.AGREED if agreed else ProposalState.REFUSED
    proposal.decided_by, proposal.decided_on = by.acting_user or by, mentee.studio.today()
    proposal.answer = answer.strip()
    proposal.save()
    told = {"kind": proposal.kind, "state": proposal.state}
    record(by=by, verb="roster.proposal_decided", on=mentee, studio=mentee.studio_id, after=told)
    return proposal


def carry_out(by: User, proposal: RosterProposal, mentee: Mentee) -> None:
    facts = {
        "by": by, "mentee": mentee, "date": proposal.date, "reason": proposal.reason,
        "proposed_by": proposal.proposed_by,
    }  # fmt: skip
    if proposal.kind == RosterKind.EXTEND:
        extend(**facts, months=proposal.months)
    else:
        withdraw(**facts, withdraw_reason=proposal.withdraw_reason, talk=proposal.talk)
