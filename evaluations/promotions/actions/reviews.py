"""Preparing a review: who is put forward, who is due, who steps aside; and sealing what it came to."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.choices import MenteeStatus, Share, Tier
from cohorts.models import Cohort, CohortRules, Mentee
from evaluations.promotions.choices import BY_LEAD, NEXT, CandidateState, Method, RecusalReason, ReviewState
from evaluations.promotions.models import Candidate, PanelMember, Recusal, Review
from evaluations.promotions.queries import lacking, mentor_ids_of
from evaluations.promotions.seal import sealed
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify

MOST_MEMBERS = 40


class Stale(Refused):
    """Someone wrote in the meantime."""


def refuse_unless(review: Review, states) -> None:
    if review.state not in states:
        raise Refused(_("这次评审现在是“%(state)s”，不能这样改。") % {"state": review.get_state_display()})


def below(to_tier: str) -> str:
    tier = next((tier for tier, above in NEXT.items() if above == to_tier), None)
    if tier is None or to_tier in BY_LEAD:
        raise Refused(_("这一级不用评审会。"), field="to_tier")
    return tier


@transaction.atomic
def open_review(
    *,
    by: User,
    cohort: Cohort,
    to_tier: str,
    date: datetime.date,
    place: str,
    mentees: Iterable[Mentee],
    method: str = Method.ORAL,
    exception: str = "",
) -> Review:
    """A review in preparation, its candidates in the order given. Refused for someone not one rung below, not in
    training, or before another panel already; and for someone of whom the ladder's requirements are not shown, unless
    `exception` says why they go before the panel all the same. Who may write that is asked by the caller."""
    locked(cohort)
    from_tier, mentees = below(to_tier), list(dict.fromkeys(mentees))
    if not mentees:
        raise Refused(_("选至少一位候选人。"), field="mentees")
    short = lacking(cohort, to_tier, mentees)
    review = Review.objects.create(
        studio_id=cohort.studio_id, cohort=cohort, from_tier=from_tier, to_tier=to_tier, date=date, place=place,
        method=method, **rule_of(cohort),
    )  # fmt: skip
    for order, mentee in enumerate(mentees, 1):
        refuse_candidate(review, mentee)
        Candidate.objects.create(studio_id=cohort.studio_id, review=review, mentee=mentee, order=order)
    excused = excused_words(mentees, short, exception)
    told = {"to_tier": Tier(to_tier).label, "date": date, "mentees": [str(mentee) for mentee in mentees]} | excused
    record(by=by, verb="review.opened", on=review, studio=review.studio_id, after=told)
    return review


def excused_words(mentees: list[Mentee], short: dict, exception: str) -> dict[str, Any]:
    """What the trail keeps of requirements that were set aside. Refused without a reason."""
    missing = [f"{mentee}：{'、'.join(short[mentee.pk])}" for mentee in mentees if mentee.pk in short]
    if not missing:
        return {}
    if not exception.strip():
        raise Refused(
            _("晋级条件还没有齐：%(missing)s。条件没齐要往上走，由项目负责人写明理由。")
            % {"missing": "；".join(missing)},
            field="exception",
        )
    return {"exception": exception.strip(), "missing": missing}


def rule_of(cohort: Cohort) -> dict:
    """The cohort's rule of today, to be kept by a review: a later change of the cohort's does not reach it."""
    rules = CohortRules.objects.get(pk=cohort.pk)
    quorum, majority = Share(rules.quorum).parts, Share(rules.majority).parts
    return {
        "quorum_of": quorum[0], "quorum_in": quorum[1], "majority_of": majority[0], "majority_in": majority[1],
        "majority_base": rules.majority_base,
    }  # fmt: skip


def refuse_candidate(review: Review, mentee: Mentee) -> None:
    name = {"name": str(mentee)}
    if mentee.cohort_id != review.cohort_id or mentee.status not in MenteeStatus.in_training():
        raise Refused(_("%(name)s不在这一批的在培学员里。") % name, field="mentees")
    if mentee.tier != review.from_tier:
        raise Refused(_("%(name)s现在的层级不在这一级下面。") % name, field="mentees")
    standing = Candidate.objects.filter(mentee=mentee).exclude(review__state=ReviewState.EFFECTIVE)
    if standing.exclude(state=CandidateState.DECIDED).exists():
        raise Refused(_("%(name)s已在另一次评审里。") % name, field="mentees")


@transaction.atomic
def add_member(
    *, by: User, review: Review, user: User | None = None, name: str = "", post: str = "", is_convener: bool = False
) -> PanelMember:
    """One more who is due; fixed once the first vote has been opened. `name` is for guests without an account."""
    locked(review)
    refuse_unless(review, {ReviewState.PREPARING})
    name = (user.name if user else name).strip()
    if not name:
        raise Refused(_("选一位有账号的，或写下姓名。"), field="name")
    if user and review.studio_id not in user.studio_ids:
        raise Refused(_("这位不在本工作室。"), field="user")
    if user and review.members.filter(user=user).exists():
        raise Refused(_("%(name)s已经在评委里。") % {"name": name}, field="user")
    if is_convener and review.members.filter(is_convener=True).exists():
        raise Refused(_("召集人只有一位。"), field="is_convener")
    count = review.members.count()
    if count >= MOST_MEMBERS:
        raise Refused(_("最多%(n)s位评委。") % {"n": MOST_MEMBERS})
    member = PanelMember.objects.create(
        studio_id=review.studio_id, review=review, user=user, name=name, post=post or (user.title if user else ""),
        is_convener=is_convener, order=count + 1,
    )  # fmt: skip
    told = {"name": name, "is_convener": is_convener}
    record(by=by, verb="review.member_added", on=review, studio=review.studio_id, after=told)
    return member


@transaction.atomic
def remove_member(*, by: User, member: PanelMember) -> None:
    review = locked(member.review)
    refuse_unless(review, {ReviewState.PREPARING})
    record(by=by, verb="review.member_removed", on=review, studio=review.studio_id, before={"name": member.name})
    member.recusals.all().delete()
    member.delete()


@transaction.atomic
def mark_present(*, by: User, member: PanelMember, present: bool) -> PanelMember:
    """Who is there may change between two votes, never during one."""
    review = locked(member.review)
    refuse_unless(review, ReviewState.open())
    if review.candidates.filter(state=CandidateState.VOTING).exists():
        raise Refused(_("正在表决，先结束这一票再改到会。"))
    if member.present != present:
        member.present = present
        member.save(update_fields=["present", "updated_at"])
        told = {"name": member.name, "present": present}
        record(by=by, verb="review.attendance", on=review, studio=review.studio_id, after=told)
    return member


@transaction.atomic
def recuse(*, by: User, candidate: Candidate, member: PanelMember, reason: str) -> Recusal:
    """回避, before the vote on this candidate is opened."""
    locked(candidate)
    if candidate.state != CandidateState.WAITING or member.review_id != candidate.review_id:
        raise Refused(_("表决已经开始，不能再改回避。"))
    if reason not in RecusalReason.values:
        raise Refused(_("选一个回避的原因。"), field="reason")
    row, new = Recusal.objects.get_or_create(
        candidate=candidate, member=member, defaults={"studio_id": candidate.studio_id, "reason": reason}
    )
    if new:
        told = {"name": member.name, "reason": RecusalReason(reason).label}
        record(by=by, verb="candidate.recused", on=candidate, studio=candidate.studio_id, after=told)
    return row


def recuse_by_rule(candidate: Candidate) -> None:
    """The candidate's mentors, past and present, and the candidate, without anyone asking."""
    mentors, own = mentor_ids_of(candidate.mentee), candidate.mentee.secretary.user_id
    for member in candidate.review.members.filter(user__in=mentors | ({own} - {None})):
        reason = RecusalReason.SELF if member.user_id == own else RecusalReason.MENTOR
        Recusal.objects.get_or_create(
            candidate=candidate, member=member, defaults={"studio_id": candidate.studio_id, "reason": reason}
        )


@transaction.atomic
def edit_candidate(*, by: User, candidate: Candidate, version: int, **words: str) -> Candidate:
    """The four statements and the discussion; `version` is what the writer saw. Raises Stale when it has moved on."""
    locked(candidate)
    refuse_unless(candidate.review, ReviewState.open())
    if candidate.version != version:
        raise Stale(_("您打开以后，有人改过这份材料。两份都在下面，看过再存。"))
    allowed = {*Candidate.WORDS, "discussion"}
    if unknown := set(words) - allowed:
        raise TypeError(f"not words of a candidate: {sorted(unknown)}")
    if candidate.state != CandidateState.WAITING and set(words) & set(Candidate.WORDS):
        raise Refused(_("表决已经开始，材料不能再改。"))
    changed = [name for name, text in words.items() if getattr(candidate, name) != text]
    for name in changed:
        setattr(candidate, name, words[name])
    if changed:
        candidate.version += 1
        candidate.save()
        record(
            by=by, verb="candidate.written", on=candidate, studio=candidate.studio_id, after={"fields": changed}
        )  # the words themselves stay out of the trail
    return candidate


def facts_of(review: Review) -> dict:
    """What the seal of a review covers: the rule, who was due, and each result with its own seal."""
    return {
        "review": str(review.pk),
        "date": review.date,
        "tiers": [review.from_tier, review.to_tier],
        "method": review.method,
        "quorum": [review.quorum_of, review.quorum_in],
        "majority": [review.majority_of, review.majority_in, review.majority_base],
        "members": [[member.name, member.is_convener] for member in review.members.order_by("order", "name")],
        "results": [[str(row.mentee_id), row.result, row.digest] for row in review.candidates.order_by("order")],
    }


@transaction.atomic
def conclude(*, by: User, review: Review) -> Review:
    """Ends the meeting: nothing in it changes any more. Refused while a candidate waits."""
    locked(review)
    refuse_unless(review, {ReviewState.SITTING})
    waiting = review.candidates.exclude(state=CandidateState.DECIDED).count()
    if waiting:
        raise Refused(_("还有%(n)s位候选人没有议定。") % {"n": waiting})
    review.state, review.concluded_at, review.concluded_by = ReviewState.CONCLUDED, timezone.now(), by
    review.digest = sealed(facts_of(review))
    review.save()
    record(by=by, verb="review.concluded", on=review, studio=review.studio_id, after={"digest": review.digest})
    tell_results(by, review)
    return review


def tell_results(by: User, review: Review) -> None:
    """Each candidate alone, where to read it: from now the clock of a review request runs."""
    for row in review.candidates.select_related("mentee__secretary__user"):
        url = reverse("promotions:result", args=[row.pk])
        notify(kind="review_result", studio=review.studio, to=[row.mentee.secretary.user], url=url, by=by)
