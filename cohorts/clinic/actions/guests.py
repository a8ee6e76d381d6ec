"""外请会诊: a department or an adviser without an account, by a link that expires and opens this case only."""

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, Invitation, Opinion, Remark
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import hands_of, locked, refuse_own_case, refuse_unless, stir
from .consulting import change_words, first_words
from .discussing import add_remark, refuse_unless_discussed
from .telling import tell_office, tell_presenter

LONGEST = 30  # days
USUAL = 7


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, by: User, case: Case, name: str, days: int = USUAL) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, told only now. Raises Refused for a sensitive case."""
    locked(case)
    refuse_own_case(by, case)
    if case.sensitive:
        raise Refused(_("涉及隐私的事不外请。"))
    refuse_unless(case, welcoming())
    if not 1 <= days <= LONGEST:
        raise Refused(_("有效期是1到%(n)s天。") % {"n": LONGEST}, field="days")
    if not name.strip():
        raise Refused(_("写上请的是谁。"), field="name")
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        studio_id=case.studio_id, case=case, name=name.strip(), digest=digest_of(token), invited_by=hands_of(by),
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )  # fmt: skip
    stir(case)
    record(
        by=by, verb="case.guest_invited", on=case, studio=case.studio_id,
        after={"guest": invitation.name, "expires_at": invitation.expires_at},
    )  # fmt: skip
    return invitation, token


def welcoming() -> set[str]:
    """States in which a guest's link opens anything."""
    return {CaseState.CONSULTING, CaseState.ESCALATED} | CaseState.with_plan()


@transaction.atomic
def revoke(*, by: User, invitation: Invitation) -> None:
    """The link opens nothing from now on. A second time changes nothing."""
    locked(invitation)
    if invitation.revoked_at:
        return
    invitation.revoked_at, invitation.revoked_by = timezone.now(), hands_of(by)
    invitation.save(update_fields=["revoked_at", "revoked_by", "updated_at"])
    case, after = invitation.case, {"guest": invitation.name}
    record(by=by, verb="case.guest_revoked", on=case, studio=invitation.studio_id, after=after)


def invitation_with(token: str) -> Invitation | None:
    """The invitation that this link opens; None when it is unknown, expired, taken back, or its case is not open."""
    rows = Invitation.objects.live().filter(digest=digest_of(token), case__state__in=welcoming(), case__sensitive=False)
    return rows.select_related("case__studio", "case__community__subdistrict", "case__presenter").first()


def note_opened(invitation: Invitation) -> None:
    """The office sees that the guest has opened it."""
    if invitation.opened_at is None:
        Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def guest_advise(*, invitation: Invitation, text: str, version: int) -> Opinion:
    """The guest's one opinion; changed until all are open. Raises Stale and Refused."""
    case = locked(invitation.case)
    refuse_unless_live(invitation)
    text = text.strip()
    if not text:
        raise Refused(_("写一句您的办法。"), field="text")
    opinion = Opinion.objects.filter(invitation=invitation).first()
    if opinion:
        change_words(None, case, opinion, text, version)
        return opinion
    opinion = first_words(None, case, text, invitation=invitation)
    record(by=None, verb="case.guest_advised", on=case, studio=case.studio_id, after={"guest": invitation.name})
    tell_office("case_guest_advised", by=None, case=case, guest=invitation.name, late=opinion.late)
    if opinion.late:
        tell_presenter("case_more", by=None, case=case)
    return opinion


@transaction.atomic
def guest_say(*, invitation: Invitation, text: str) -> Remark:
    case = locked(invitation.case)
    refuse_unless_live(invitation)
    refuse_unless_discussed(case)
    remark = add_remark(case, text, invitation=invitation)
    record(by=None, verb="case.discussed", on=case, studio=case.studio_id, after={"guest": invitation.name})
    return remark


def refuse_unless_live(invitation: Invitation) -> None:
    """Asked again under the lock: it may have been taken back a moment ago."""
    locked(invitation)
    if not invitation.is_live or invitation.case.sensitive:
        raise Refused(_("这个链接刚刚失效了。"))
    refuse_unless(invitation.case, welcoming())
