"""A vote on one candidate, from opening to the sealed result.

Every step holds the candidate's row until its transaction ends: of two who close, or two papers of one member, the
second finds the first one's work. A secret paper leaves no entry in the trail, for an entry has a time.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.promotions.choices import CandidateState, Choice, Method, Result, ReviewState
from evaluations.promotions.guards import VOTES
from evaluations.promotions.models import Ballot, Candidate, HandCount, OpenVote, PanelMember, SecretMark
from evaluations.promotions.queries import awaits_recommendation, dossier_of, voted_ids, voters_of
from evaluations.promotions.seal import sealed
from evaluations.promotions.voting import Outcome
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.audit.guards import faults
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify

from .reviews import recuse_by_rule, refuse_unless

FIGURES = ("due", "present", "agree", "disagree", "defer", "recused")


class NoQuorum(Refused):
    """Too few are there: a decision taken now would be void."""


class AlreadyVoted(Refused):
    """One member, one paper."""


class Unguarded(Refused):
    """The database would let votes be changed: nobody votes until its guards stand again."""


def held(candidate: Candidate, state: str) -> Candidate:
    """The candidate and the review as they stand now, held; Refused in another state, and while guards of votes are missing."""
    if faults(*VOTES):
        raise Unguarded(_("票箱在数据库里的保护没有装好，先不表决。请告诉管理员，装好了再来。"))
    locked(candidate.review)
    locked(candidate)
    if candidate.state != state:
        raise Refused(
            _("%(name)s现在是“%(state)s”，不能这样做。")
            % {"name": str(candidate), "state": candidate.get_state_display()}
        )
    return candidate


@transaction.atomic
def open_vote(*, by: User, candidate: Candidate) -> Candidate:
    """Fixes the file and who may vote. Raises NoQuorum; Refused while another candidate is voted on."""
    review = locked(candidate.review)
    refuse_unless(review, ReviewState.open())
    held(candidate, CandidateState.WAITING)
    if other := review.candidates.filter(state=CandidateState.VOTING).first():
        raise Refused(_("一次只议一位，%(name)s的表决还没有结束。") % {"name": str(other)})
    if awaits_recommendation(candidate):
        raise Refused(_("%(name)s年度是良好，要先写上师傅的推荐意见。") % {"name": str(candidate)})
    members = list(review.members.all())
    due, present = len(members), sum(member.present for member in members)
    if not review.rule.may_open(due, present):
        need = review.rule.quorum_of(due) if due else 1
        raise NoQuorum(
            _("应到%(due)s位，实到%(present)s位，到%(need)s位才能表决。")
            % {"due": due, "present": present, "need": need}
        )
    if not any(member.is_convener and member.present for member in members):
        raise Refused(_("召集人到会才能表决。"))
    recuse_by_rule(candidate)
    voters = voters_of(candidate)
    if review.method == Method.SECRET:
        prepare_box(candidate, voters)
    candidate.dossier = dossier_of(candidate.mentee)
    candidate.dossier_digest = sealed(candidate.dossier | {name: getattr(candidate, name) for name in Candidate.WORDS})
    candidate.state = CandidateState.VOTING
    candidate.save()
    if review.state == ReviewState.PREPARING:
        review.state = ReviewState.SITTING
        review.save(update_fields=["state", "updated_at"])
    told = {"members_due": due, "present": present, "voters": len(voters), "round": candidate.round}
    record(by=by, verb="vote.opened", on=candidate, studio=candidate.studio_id, after=told)
    if review.method != Method.HANDS:
        call_to_vote(by, candidate, voters)
    return candidate


def call_to_vote(by: User, candidate: Candidate, voters: list[PanelMember]) -> None:
    """Tells those who have an account that their paper waits."""
    notify(
        kind="vote_opened", studio=candidate.review.studio, to=[member.user for member in voters],
        url=reverse("promotions:vote", args=[candidate.pk]), particulars={"name": candidate.mentee.secretary.name}, by=by,
    )  # fmt: skip


def prepare_box(candidate: Candidate, voters: list[PanelMember]) -> None:
    """An empty box and an unmarked row for everyone, so that rows don't come into being in the order of voting."""
    guests = [member.name for member in voters if member.user_id is None]
    if guests:
        raise Refused(_("%(names)s没有账号，不能无记名表决。请改用举手。") % {"names": "、".join(guests)})
    if len(voters) < 3:
        raise Refused(_("不到三位投票，无记名也猜得出谁投了什么。请改用举手。"))
    own = {"studio_id": candidate.studio_id, "candidate": candidate, "round": candidate.round}
    Ballot.objects.create(**own)
    SecretMark.objects.bulk_create(SecretMark(member=member, **own) for member in voters)


@transaction.atomic
def cast(*, by: User, candidate: Candidate, choice: str, reason: str = "") -> None:
    """One's own paper, with one's own hands. The convener's comes last. Raises AlreadyVoted the second time."""
    if by.is_represented:
        raise PermissionDenied
    held(candidate, CandidateState.VOTING)
    if candidate.review.method == Method.HANDS:
        raise Refused(_("这次是举手表决，由点票人录入。"))
    if choice not in Choice.values:
        raise Refused(_("请在同意、不同意、缓议里选一个。"), field="choice")
    voters = voters_of(candidate)
    seat = next((member for member in voters if member.user_id == by.pk), None)
    if seat is None:
        raise Refused(_("您这一票回避，或没有到会。"))
    refuse_early_convener(candidate, seat, voters)
    if candidate.review.method == Method.SECRET:
        cast_secretly(candidate, seat, choice)
    else:
        cast_openly(by, candidate, seat, choice, reason)


def refuse_early_convener(candidate: Candidate, seat: PanelMember, voters: list[PanelMember]) -> None:
    done = voted_ids(candidate)
    if seat.pk in done:
        raise AlreadyVoted(_("您已经投过票了，一人一票。"))
    if seat.is_convener and any(member.pk not in done for member in voters if not member.is_convener):
        raise Refused(_("召集人最后表态，还有评委没有投。"))


def cast_secretly(candidate: Candidate, seat: PanelMember, choice: str) -> None:
    mine = SecretMark.objects.filter(candidate=candidate, round=candidate.round, member=seat, voted=False)
    if not mine.update(voted=True):
        raise AlreadyVoted(_("您已经投过票了，一人一票。"))
    Ballot.objects.filter(candidate=candidate, round=candidate.round).update(**{choice: F(choice) + 1})


def cast_openly(by: User, candidate: Candidate, seat: PanelMember, choice: str, reason: str) -> None:
    reason = reason.strip()
    if choice == Choice.DISAGREE and not reason:
        raise Refused(_("不同意的，写一句理由。"), field="reason")
    OpenVote.objects.create(
        studio_id=candidate.studio_id, candidate=candidate, round=candidate.round, member=seat, choice=choice,
        reason=reason, entered_by=by,
    )  # fmt: skip
    told = {"name": seat.name, "choice": Choice(choice).label}
    record(by=by, verb="vote.cast", on=candidate, studio=candidate.studio_id, after=told)


@transaction.atomic
def enter_vote(*, by: User, candidate: Candidate, member: PanelMember, choice: str, reason: str = "") -> None:
    """What a guest said aloud, written down by a clerk. Never for a member who has an account."""
    held(candidate, CandidateState.VOTING)
    voters = voters_of(candidate)
    if candidate.review.method != Method.ORAL or member not in voters or member.user_id:
        raise Refused(_("只能替没有账号、到会又不回避的评委录入口头意见。"), field="member")
    if choice not in Choice.values:
        raise Refused(_("请在同意、不同意、缓议里选一个。"), field="choice")
    refuse_early_convener(candidate, member, voters)
    cast_openly(by, candidate, member, choice, reason)


@transaction.atomic
def enter_count(*, by: User, candidate: Candidate, agree: int, disagree: int, defer: int) -> HandCount:
    """The hands as counted; they must come to as many as may vote. A count not yet confirmed is replaced."""
    held(candidate, CandidateState.VOTING)
    if candidate.review.method != Method.HANDS:
        raise Refused(_("这次不是举手表决。"))
    voters = len(voters_of(candidate))
    if agree + disagree + defer != voters:
        raise Refused(
            _("三项加起来是%(sum)s，应当是%(voters)s。") % {"sum": agree + disagree + defer, "voters": voters}
        )
    own = candidate.counts.filter(round=candidate.round)
    if own.filter(confirmed_by__isnull=False).exists():
        raise Refused(_("已经有人复点过，不能再改。"))
    own.delete()
    count = HandCount.objects.create(
        studio_id=candidate.studio_id, candidate=candidate, round=candidate.round, agree=agree, disagree=disagree,
        defer=defer, entered_by=by,
    )  # fmt: skip
    told = {"agree": agree, "disagree": disagree, "defer": defer}
    record(by=by, verb="vote.counted", on=candidate, studio=candidate.studio_id, after=told)
    return count


@transaction.atomic
def confirm_count(*, by: User, candidate: Candidate, agree: int, disagree: int, defer: int) -> HandCount:
    """A second person's own count. Refused when it differs; both count again."""
    held(candidate, CandidateState.VOTING)
    count = candidate.counts.filter(round=candidate.round).first()
    if count is None:
        raise Refused(_("还没有第一次点票。"))
    if by.pk == count.entered_by_id or by.is_represented:
        raise Refused(_("复点要由另一个人来做。"))
    if (agree, disagree, defer) != (count.agree, count.disagree, count.defer):
        raise Refused(_("两次点的不一样，请两位再点一遍。"))
    count.confirmed_by = by
    count.save()
    record(by=by, verb="vote.count_confirmed", on=candidate, studio=candidate.studio_id)
    return count


@transaction.atomic
def close_vote(*, by: User, candidate: Candidate) -> Candidate:
    """Counts, decides by the review's rule and seals. Refused while someone's voice is missing, or already closed."""
    held(candidate, CandidateState.VOTING)
    review, voters = candidate.review, voters_of(candidate)
    agree, disagree, defer = totals_of(candidate, len(voters))
    members = list(review.members.all())
    present = [member for member in members if member.present]
    recused = len(present) - len(voters)
    outcome = review.rule.outcome(len(members), len(present), agree, disagree, defer, recused)
    freeze(candidate, outcome)
    told = {name: getattr(outcome, name) for name in FIGURES} | {
        "result": Result(outcome.result).label,
        "digest": candidate.digest,
    }
    record(by=by, verb="vote.closed", on=candidate, studio=candidate.studio_id, after=told)
    return candidate


def totals_of(candidate: Candidate, voters: int) -> tuple[int, int, int]:
    if candidate.review.method == Method.HANDS:
        count = candidate.counts.filter(round=candidate.round, confirmed_by__isnull=False).first()
        if count is None:
            raise Refused(_("举手要两个人各点一遍，还没有复点。"))
        return count.agree, count.disagree, count.defer
    missing = voters - len(voted_ids(candidate))
    if missing:
        raise Refused(_("还有%(n)s位没有表态。") % {"n": missing})
    if candidate.review.method == Method.SECRET:
        box = candidate.ballots.get(round=candidate.round)
        return box.agree, box.disagree, box.defer
    choices = list(candidate.votes.filter(round=candidate.round).values_list("choice", flat=True))
    return tuple(choices.count(choice) for choice in (Choice.AGREE, Choice.DISAGREE, Choice.DEFER))


def freeze(candidate: Candidate, outcome: Outcome) -> None:
    for name in FIGURES:
        setattr(candidate, name, getattr(outcome, name))
    candidate.needed, candidate.result, candidate.state = outcome.needed, outcome.result, CandidateState.DECIDED
    seal_result(candidate)


def result_facts(candidate: Candidate) -> dict:
    """What the seal of one result covers."""
    figures = {name: getattr(candidate, name) for name in (*FIGURES, "needed", "result", "reason", "round")}
    open_votes = candidate.votes.filter(round=candidate.round).order_by("member__order", "member__name")
    return figures | {
        "candidate": str(candidate.pk),
        "dossier": candidate.dossier_digest,
        "votes": [[vote.member.name, vote.choice] for vote in open_votes.select_related("member")],
    }


def seal_result(candidate: Candidate) -> None:
    candidate.digest = sealed(result_facts(candidate))
    candidate.version += 1
    candidate.save()


@transaction.atomic
def put_off(*, by: User, candidate: Candidate, reason: str) -> Candidate:
    """暂缓表决: views differ widely, or a fact is unclear. No figures are kept."""
    locked(candidate.review)
    locked(candidate)
    refuse_unless(candidate.review, ReviewState.open())
    if candidate.state == CandidateState.DECIDED:
        raise Refused(_("这一位已经议定。"))
    if not reason.strip():
        raise Refused(_("写一句为什么缓议。"), field="reason")
    candidate.result, candidate.reason, candidate.state = Result.DEFERRED, reason.strip(), CandidateState.DECIDED
    seal_result(candidate)
    if candidate.review.state == ReviewState.PREPARING:
        candidate.review.state = ReviewState.SITTING
        candidate.review.save(update_fields=["state", "updated_at"])
    told = {"reason": candidate.reason, "digest": candidate.digest}
    record(by=by, verb="vote.put_off", on=candidate, studio=candidate.studio_id, after=told)
    return candidate


@transaction.atomic
def stop_vote(*, by: User, candidate: Candidate, reason: str) -> Candidate:
    """A vote that cannot be finished (someone had to leave) is void; the next one starts from nothing."""
    held(candidate, CandidateState.VOTING)
    if not reason.strip():
        raise Refused(_("写一句为什么作废。"), field="reason")
    candidate.state = CandidateState.WAITING
    candidate.round += 1
    candidate.save()
    record(by=by, verb="vote.stopped", on=candidate, studio=candidate.studio_id, after={"reason": reason.strip()})
    return candidate


@transaction.atomic
def reopen(*, by: User, candidate: Candidate, in_favour: int) -> Candidate:
    """A decision is taken up again when more than half of all members want it; the earlier result is kept."""
    held(candidate, CandidateState.DECIDED)
    review = candidate.review
    refuse_unless(review, {ReviewState.SITTING})
    due, present = review.members.count(), review.members.filter(present=True).count()
    if in_favour > present:
        raise Refused(_("到会的只有%(n)s位。") % {"n": present}, field="in_favour")
    if not review.rule.may_reopen(due, in_favour):
        raise Refused(
            _("重新表决要超过全体%(due)s位的半数，现在只有%(n)s位赞成。") % {"due": due, "n": in_favour},
            field="in_favour",
        )
    kept = {name: getattr(candidate, name) for name in (*FIGURES, "needed", "result", "reason", "digest", "round")}
    candidate.earlier = [*candidate.earlier, kept]
    for name in (*FIGURES, "needed"):
        setattr(candidate, name, None)
    candidate.result = candidate.reason = candidate.digest = ""
    candidate.state, candidate.round = CandidateState.WAITING, candidate.round + 1
    candidate.save()
    told = {"in_favour": in_favour, "earlier": kept["digest"]}
    record(by=by, verb="vote.reopened", on=candidate, studio=candidate.studio_id, after=told)
    return candidate
