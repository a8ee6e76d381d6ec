"""Objections by anyone, checked by two; requests for review and appeals by the person concerned."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.promotions.choices import AppealKind, AppealOutcome, Channel, ObjectionState, Outcome, ReviewState
from evaluations.promotions.models import Appeal, Candidate, Objection, PublicNotice
from evaluations.promotions.queries import mentor_ids_of
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.places.deadlines import deadline

REVIEW_DECIDED_IN, APPEAL_FILED_IN, APPEAL_DECIDED_IN = 10, 5, 5  # working days; domain.md §2.21


@transaction.atomic
def receive(
    *,
    by: User | None,
    notice: PublicNotice,
    candidate: Candidate,
    channel: str,
    content: str,
    name: str = "",
    contact: str = "",
    received: datetime.date | None = None,
) -> Objection:
    """An objection while the notice hangs, or one entered later that came in time; `by=None` is the public page.

    With a name it is signed, and must be answered. Who sent it and what it says never enter the trail.
    """
    locked(notice)
    received = received or notice.studio.today()
    if not notice.starts <= received <= notice.ends:
        raise Refused(_("公示期是%(from)s到%(to)s。") % {"from": notice.starts, "to": notice.ends}, field="received")
    if candidate.review_id != notice.review_id:
        raise Refused(_("这一位不在公示里。"), field="candidate")
    if notice.review.state != ReviewState.NOTICED:
        raise Refused(_("这次公示已经结束。"))
    if not content.strip():
        raise Refused(_("写下要反映的问题。"), field="content")
    objection = Objection.objects.create(
        studio_id=notice.studio_id, notice=notice, candidate=candidate, received=received, channel=channel,
        signed=bool(name.strip()), name=name.strip(), contact=contact.strip(), content=content.strip(),
    )  # fmt: skip
    told = {"channel": Channel(channel).label, "is_signed": objection.signed}
    record(by=by, verb="objection.received", on=objection, studio=notice.studio_id, after=told)
    leads = [user for user in people_of(notice.studio_id) if user.can(Permission.PROMOTION_DECIDE, notice.studio_id)]
    tell(objection, leads, "objection_received", by)
    return objection


def people_of(studio_id) -> list[User]:
    rows = User.objects.filter(role_grants__studio=studio_id, role_grants__revoked_at=None, is_active=True)
    return list(rows.distinct())


def tell(objection: Objection, people, kind: str, by: User | None) -> None:
    """Where it waits, never what it says."""
    url = reverse("promotions:objection", args=[objection.pk])
    notify(kind=kind, studio=objection.studio, to=people, url=url, by=by)


@transaction.atomic
def assign(*, by: User, objection: Objection, checker_1: User, checker_2: User) -> Objection:
    """Two people check it: neither the candidate nor a mentor of theirs, both of the studio."""
    locked(objection)
    refuse_decided(objection)
    if checker_1.pk == checker_2.pk:
        raise Refused(_("两位核查人不能是同一个人。"), field="checker_2")
    barred = mentor_ids_of(objection.candidate.mentee) | {objection.candidate.mentee.secretary.user_id}
    for field, checker in (("checker_1", checker_1), ("checker_2", checker_2)):
        if checker.pk in barred:
            raise Refused(_("%(name)s是候选人本人或师傅，要回避。") % {"name": str(checker)}, field=field)
        if objection.studio_id not in checker.studio_ids:
            raise Refused(_("%(name)s不在本工作室。") % {"name": str(checker)}, field=field)
    objection.checker_1, objection.checker_2 = checker_1, checker_2
    objection.state, objection.found_by, objection.proposed_outcome = ObjectionState.CHECKING, None, ""
    objection.save()
    told = {"checkers": [str(checker_1), str(checker_2)]}
    record(by=by, verb="objection.assigned", on=objection, studio=objection.studio_id, after=told)
    tell(objection, [checker_1, checker_2], "objection_assigned", by)
    return objection


def refuse_decided(objection: Objection) -> None:
    if objection.state == ObjectionState.DECIDED:
        raise Refused(_("这一件已有结论。"))


def refuse_unless_checker(by: User, objection: Objection) -> None:
    if by.is_represented or by.pk not in {objection.checker_1_id, objection.checker_2_id}:
        raise PermissionDenied


@transaction.atomic
def find(*, by: User, objection: Objection, finding: str, outcome: str, reply: str = "") -> Objection:
    """One checker writes what was found and proposes an outcome; the other must agree."""
    locked(objection)
    refuse_decided(objection)
    refuse_unless_checker(by, objection)
    if not finding.strip():
        raise Refused(_("写下查到了什么。"), field="finding")
    if outcome not in Outcome.values:
        raise Refused(_("选一个结论。"), field="outcome")
    if objection.signed and not reply.strip():
        raise Refused(_("署名的要答复，写下答复来信人的话。"), field="reply")
    objection.finding, objection.proposed_outcome, objection.reply = finding.strip(), outcome, reply.strip()
    objection.found_by = by
    objection.save()
    record(by=by, verb="objection.found", on=objection, studio=objection.studio_id)
    return objection


@transaction.atomic
def answer_objection(*, by: User, objection: Objection) -> Objection:
    """The other checker agrees, and the matter is decided. Upheld, the person comes off the list."""
    locked(objection)
    refuse_decided(objection)
    refuse_unless_checker(by, objection)
    if objection.found_by_id is None:
        raise Refused(_("还没有核查情况。"))
    if by.pk == objection.found_by_id:
        raise Refused(_("结论要由另一位核查人同意。"))
    today = objection.studio.today()
    objection.outcome, objection.decided_on = objection.proposed_outcome, today
    objection.replied_on = today if objection.signed else None
    objection.state = ObjectionState.DECIDED
    objection.save()
    if objection.outcome == Outcome.UPHELD:
        Candidate.objects.filter(pk=objection.candidate_id, withdrawn_on=None).update(withdrawn_on=today)
    told = {"outcome": Outcome(objection.outcome).label, "is_signed": objection.signed}
    record(by=by, verb="objection.decided", on=objection, studio=objection.studio_id, after=told)
    return objection


@transaction.atomic
def send_back(*, by: User, objection: Objection) -> Objection:
    """The other checker sees it otherwise: it is checked again."""
    locked(objection)
    refuse_decided(objection)
    refuse_unless_checker(by, objection)
    if objection.found_by_id in (None, by.pk):
        raise Refused(_("没有要退回的核查意见。"))
    objection.found_by, objection.proposed_outcome = None, ""
    objection.save()
    record(by=by, verb="objection.sent_back", on=objection, studio=objection.studio_id)
    return objection


def refuse_unless_own(by: User, candidate: Candidate) -> None:
    if by.is_represented or candidate.mentee.secretary.user_id != by.pk:
        raise PermissionDenied


@transaction.atomic
def file_appeal(*, by: User, candidate: Candidate, ground: str) -> Appeal:
    """By the person concerned, with their own hands: first a review of the result, then, against it, an appeal."""
    locked(candidate)
    refuse_unless_own(by, candidate)
    if candidate.review.is_open:
        raise Refused(_("结果还没有议定。"))
    if not ground.strip():
        raise Refused(_("写下您的理由。"), field="ground")
    studio, today = candidate.review.studio, candidate.review.studio.today()
    kind, last, days = next_step(candidate)
    if today > last:
        raise Refused(_("期限是%(day)s，已经过了。") % {"day": last.isoformat()})
    appeal = Appeal.objects.create(
        studio=studio, candidate=candidate, kind=kind, filed_on=today, ground=ground.strip(),
        due=deadline(studio, today, days),
    )  # fmt: skip
    record(
        by=by, verb="appeal.filed", on=appeal, studio=studio, after={"kind": AppealKind(kind).label, "due": appeal.due}
    )
    return appeal


def next_step(candidate: Candidate) -> tuple[str, datetime.date, int]:
    """(what may be filed now, its last day, working days for the answer). Raises Refused when nothing is left."""
    studio, filed = candidate.review.studio, {row.kind: row for row in candidate.appeals.all()}
    review = filed.get(AppealKind.REVIEW)
    if review is None:
        days = candidate.review.cohort.rules.review_days
        return AppealKind.REVIEW, deadline(studio, result_day(candidate), days), REVIEW_DECIDED_IN
    if not review.outcome:
        raise Refused(_("复核还没有答复。"))
    if AppealKind.APPEAL in filed:
        raise Refused(_("申诉是最后一步。"))
    return AppealKind.APPEAL, deadline(studio, review.decided_on, APPEAL_FILED_IN), APPEAL_DECIDED_IN


def result_day(candidate: Candidate) -> datetime.date:
    """The day of the meeting: the studio's own calendar counts, also in a demonstration."""
    return max(candidate.review.date, candidate.withdrawn_on or candidate.review.date)


@transaction.atomic
def decide_appeal(*, by: User, appeal: Appeal, outcome: str, decision: str) -> Appeal:
    """The answer, with its reason. It does not by itself change the result: 重新评议 needs a new vote."""
    locked(appeal)
    if appeal.outcome:
        raise Refused(_("已经答复过了。"))
    if outcome not in AppealOutcome.values:
        raise Refused(_("选一个结论。"), field="outcome")
    if not decision.strip():
        raise Refused(_("写下答复。"), field="decision")
    if appeal.candidate.mentee.secretary.user_id == by.pk:
        raise Refused(_("这件事与您本人有关，请由别人来定。"))
    earlier = appeal.candidate.appeals.exclude(pk=appeal.pk).first()
    if earlier and earlier.decided_by_id == by.pk:
        raise Refused(_("申诉要由没有做过复核的人答复。"))
    appeal.outcome, appeal.decision, appeal.decided_by = outcome, decision.strip(), by
    appeal.decided_on = appeal.studio.today()
    appeal.save()
    record(
        by=by,
        verb="appeal.decided",
        on=appeal,
        studio=appeal.studio_id,
        after={"outcome": AppealOutcome(outcome).label},
    )
    people = [appeal.candidate.mentee.secretary.user]
    url = reverse("promotions:result", args=[appeal.candidate_id])
    notify(kind="appeal_decided", studio=appeal.studio, to=people, url=url, by=by)
    return appeal
