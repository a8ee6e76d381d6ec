from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.views.common import sent
from evaluations.promotions import actions
from evaluations.promotions.access import CLERKS, INSIDERS, candidate_for, require_seat
from evaluations.promotions.choices import CandidateState, Method
from evaluations.promotions.forms import CountForm, GuestVoteForm, ReasonForm, ReopenForm, VoteForm
from evaluations.promotions.models import PanelMember
from evaluations.promotions.pages import dossier_rows, panel_of
from evaluations.promotions.queries import dossier_of, voted_ids, voters_of
from mentorship.accounts.access import StepUp, page
from mentorship.accounts.permissions import Permission as P

from .common import ask, carried, pressed
from .reviews import panel_candidate, statements


def back_to(row) -> str:
    return f"{reverse('promotions:review', args=[row.review_id])}#now"


@page(CLERKS)
@require_POST
def open_vote(request, pk):
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    return pressed(request, actions.open_vote, _("开始表决。"), back_to(row), candidate=row)


@page(INSIDERS, step_up=StepUp.ACT)
def vote(request, pk):
    """A member's own paper, on a phone."""
    row = panel_candidate(request, pk)
    seat = require_seat(request.user, row.review)
    voters, voted = voters_of(row), voted_ids(row)
    secret = row.review.method == Method.SECRET
    form = VoteForm(sent(request), secret=secret)
    if carried(form, actions.cast, by=request.user, candidate=row):
        messages.success(request, _("投好了。"))
        return redirect("promotions:vote", row.pk)
    others = [member for member in voters if not member.is_convener]
    context = {
        "candidate": row, "review": row.review, "seat": seat, "form": form, "secret": secret,
        "state": state_of(row, seat, voters, voted),
        "waiting": sum(member.pk not in voted for member in others),
        "facts": dossier_rows(row.dossier or dossier_of(row.mentee)), "words": statements(row)[:4],
    }  # fmt: skip
    return render(request, "promotions/vote.html", context)


def state_of(row, seat: PanelMember, voters: list[PanelMember], voted: set) -> str:
    """closed, hands, recused, absent, voted, last (the convener waits) or open."""
    if row.state != CandidateState.VOTING:
        return "closed"
    if not seat.present:
        return "absent"
    if seat not in voters:
        return "recused"
    if row.review.method == Method.HANDS:
        return "hands"
    if seat.pk in voted:
        return "voted"
    early = any(member.pk not in voted for member in voters if not member.is_convener)
    return "last" if seat.is_convener and early else "open"


@page(CLERKS, step_up=StepUp.ACT)
def enter(request, pk):
    """What guests say aloud; or hands, counted by one and then by another."""
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    hands = row.review.method == Method.HANDS
    guests = PanelMember.objects.filter(
        pk__in=[m.pk for m in voters_of(row) if m.user_id is None and m.pk not in voted_ids(row)]
    )
    count = row.counts.filter(round=row.round).first()
    form = CountForm(sent(request)) if hands else GuestVoteForm(sent(request), guests=guests)
    act = (actions.confirm_count if second(request, count) else actions.enter_count) if hands else actions.enter_vote
    if carried(form, act, by=request.user, candidate=row):
        messages.success(request, _("记下了。"))
        return redirect(back_to(row))
    context = {
        "candidate": row, "review": row.review, "form": form, "hands": hands, "count": count, "guests": guests,
        "second": second(request, count), "voters": len(voters_of(row)), "back": back_to(row),
    }  # fmt: skip
    return render(request, "promotions/enter.html", context)


def second(request, count) -> bool:
    """Whether the reader is the other one who counts."""
    return count is not None and count.entered_by_id != request.user.pk


@page(CLERKS, step_up=StepUp.ACT)
@require_POST
def close_vote(request, pk):
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    return pressed(request, actions.close_vote, _("计票好了，结果已经封存。"), back_to(row), candidate=row)


def with_reason(request, pk, act, **words):
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    form = ReasonForm(sent(request))
    if carried(form, act, by=request.user, candidate=row):
        messages.success(request, _("记下了。"))
        return redirect(back_to(row))
    words["title"] = words["title"] % {"name": row}
    return ask(request, form, back=back_to(row), **words)


@page(CLERKS)
def put_off(request, pk):
    text = _("意见分歧大，或事实不清，先不表决，列为缓议。要再表决，须全体评委过半数赞成。")
    return with_reason(request, pk, actions.put_off, title=_("%(name)s：暂缓表决"), text=text, button=_("列为缓议"))


@page(CLERKS, step_up=StepUp.ACT)
def stop_vote(request, pk):
    text = _("这一次表决作废，已投的不算，重新开始。")
    return with_reason(request, pk, actions.stop_vote, title=_("%(name)s：作废重投"), text=text, button=_("作废重投"))


@page(CLERKS)
def reopen(request, pk):
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    form = ReopenForm(sent(request))
    if carried(form, actions.reopen, by=request.user, candidate=row):
        messages.success(request, _("可以重新表决了，原来的结果留着。"))
        return redirect(back_to(row))
    panel = panel_of(row.review)
    text = _("全体%(due)s位，要%(need)s位以上赞成。") % {"due": panel.due, "need": panel.due // 2 + 1}
    title = _("%(name)s：重新表决") % {"name": row}
    return ask(request, form, title=title, back=back_to(row), button=_("重新表决"), text=text)
