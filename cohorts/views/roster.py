"""动态调整: the roster as of any day, and one page for each act, which says its effect before it is confirmed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts import actions
from cohorts.access import cohort_for, mentee_for
from cohorts.choices import ProposalState, Stage, WithdrawReason
from cohorts.forms import (
    AsOfForm,
    DecideForm,
    ExtendForm,
    PauseForm,
    RepairForm,
    ResumeForm,
    SubstituteForm,
    TalkForm,
    WithdrawForm,
)
from cohorts.models import RosterChange, RosterProposal
from cohorts.queries import last_day_to_substitute, mentors_with_places, reserves, roster_on, vacancies
from mentorship.accounts.access import needs, page, require
from mentorship.accounts.permissions import Permission

from .common import done, sent
from .people import FOR_LISTS

EFFECTS = {
    "repair": [
        gettext_lazy("与原师傅的结对到这一天为止，记录保留"),
        gettext_lazy("同一天与新师傅结对"),
        gettext_lazy("徒弟、两位师傅和街镇联络员会收到通知"),
    ],
    "pause": [
        gettext_lazy("师徒关系和席位都保留"),
        gettext_lazy("暂停期间不催带教"),
        gettext_lazy("徒弟、师傅和街镇联络员会收到通知"),
    ],
    "resume": [gettext_lazy("从这一天起继续带教"), gettext_lazy("徒弟、师傅和街镇联络员会收到通知")],
    "extend": [
        gettext_lazy("这里只是提出，由另一位来决定；决定以前什么也不变"),
        gettext_lazy("从这一批结束日起往后延，师傅不变"),
        gettext_lazy("徒弟、师傅和街镇联络员会收到通知"),
    ],
    "withdraw": [
        gettext_lazy("两次不合格、违纪的，先提出，由另一位来决定"),
        gettext_lazy("结对到这一天为止，席位空出来，可以递补"),
        gettext_lazy("原因只有工作室看得到，不进公开名单，不影响本人职务"),
        gettext_lazy("本人、师傅和街镇联络员会收到通知"),
    ],
    "substitute": [
        gettext_lazy("坐进空出来的席位，师傅不变"),
        gettext_lazy("后备名单里去掉这一位"),
        gettext_lazy("新学员、师傅和街镇联络员会收到通知"),
    ],
}


PROPOSED = gettext_lazy("提出来了，等另一位决定。")


@page(needs(Permission.COHORT_VIEW))
def roster(request, pk):
    cohort = cohort_for(request.user, pk, Permission.COHORT_VIEW)
    form = AsOfForm(request.GET or None)
    today = cohort.studio.today()
    day = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or today
    rows = RosterChange.objects.visible_to(request.user).filter(cohort=cohort, date__lte=day)
    changes = list(rows.select_related("mentee__secretary", *FOR_LISTS))
    running = cohort.stage in Stage.with_pairs()
    return render(
        request,
        "cohorts/roster.html",
        {
            "cohort": cohort,
            "form": form,
            "day": day,
            "is_today": day == today,
            "bays": roster_on(cohort, day, changes),
            "changes": changes,
            "proposals": RosterProposal.objects.visible_to(request.user)
            .filter(mentee__cohort=cohort, state=ProposalState.OPEN)
            .select_related("mentee__secretary", "proposed_by"),
            "vacancies": vacancies(cohort, day),
            "reserve": reserves(cohort),
            "may_decide": running and request.user.can(Permission.COHORT_DECIDE, cohort.studio),
        },
    )


def adjust(request, mentee, form, *, kind, title, button, act, words, extra=None):
    """The page of one act: what it does, then the form; a POST that is refused shows the reason in it."""
    if request.method == "POST" and form.is_valid() and done(form, act, by=request.user, **form.cleaned_data):
        messages.success(request, words)
        return redirect("cohorts:mentee", mentee.pk)
    context = {
        "mentee": mentee,
        "cohort": mentee.cohort,
        "form": form,
        "title": title,
        "button": button,
        "effects": EFFECTS.get(kind, []),
        "pair": mentee.pairings.current().for_lists().first(),
        "kind": kind,
    }
    return render(request, "cohorts/adjust.html", context | (extra or {}))


def acting_on(mentee, act):
    return lambda **facts: act(mentee=mentee, **facts)


@page(needs(Permission.COHORT_DECIDE))
def repair(request, pk):
    mentee = mentee_for(request.user, pk, Permission.COHORT_DECIDE)
    form = RepairForm(sent(request), mentee=mentee, mentors=mentors_with_places(mentee))
    return adjust(
        request,
        mentee,
        form,
        kind="repair",
        title=_("换师傅"),
        button=_("确定换师傅"),
        act=acting_on(mentee, actions.repair),
        words=_("%(name)s换了师傅。") % {"name": mentee},
    )


@page(needs(Permission.ROSTER_EDIT))
def pause(request, pk):
    mentee = mentee_for(request.user, pk, Permission.ROSTER_EDIT)
    return adjust(
        request,
        mentee,
        PauseForm(sent(request), mentee=mentee),
        kind="pause",
        title=_("暂停"),
        button=_("确定暂停"),
        act=acting_on(mentee, actions.pause),
        words=_("%(name)s已暂停。") % {"name": mentee},
    )


@page(needs(Permission.ROSTER_EDIT))
def resume(request, pk):
    mentee = mentee_for(request.user, pk, Permission.ROSTER_EDIT)
    return adjust(
        request,
        mentee,
        ResumeForm(sent(request), mentee=mentee),
        kind="resume",
        title=_("恢复带教"),
        button=_("确定恢复"),
        act=acting_on(mentee, actions.resume),
        words=_("%(name)s恢复带教。") % {"name": mentee},
    )


@page(needs(Permission.ROSTER_EDIT))
def extend(request, pk):
    """An extension hurts: this page proposes it, another person decides."""
    mentee = mentee_for(request.user, pk, Permission.ROSTER_EDIT)
    return adjust(
        request,
        mentee,
        ExtendForm(sent(request), mentee=mentee),
        kind="extend",
        title=_("延期带教"),
        button=_("提出来"),
        act=acting_on(mentee, actions.propose_extension),
        words=PROPOSED,
    )


@page(needs(Permission.ROSTER_EDIT))
def withdraw(request, pk):
    """Decided at once where it hurts nobody and the reader may decide; else proposed to another person."""
    mentee = mentee_for(request.user, pk, Permission.ROSTER_EDIT)
    decides = request.user.can(Permission.COHORT_DECIDE, mentee.studio)
    form = WithdrawForm(sent(request), mentee=mentee)
    hurts = request.POST.get("withdraw_reason") in WithdrawReason.needing_talk()
    proposes = hurts or not decides

    def act(*, reevaluation, **facts):
        if proposes:
            return actions.propose_withdrawal(mentee=mentee, reevaluation=reevaluation, **facts)
        return actions.withdraw(mentee=mentee, **facts)

    return adjust(
        request, mentee, form, kind="withdraw", title=_("退出培养"),
        button=_("确定退出") if decides else _("提出来"), act=act,
        words=PROPOSED if proposes else _("%(name)s已退出培养。") % {"name": mentee},
        extra={"confirm": _("%(name)s退出培养，确定吗？") % {"name": mentee}} if decides else {},
    )  # fmt: skip


@page(needs(Permission.COHORT_VIEW))
def proposal(request, pk):
    """What one person proposed; another decides here."""
    rows = RosterProposal.objects.visible_to(request.user).select_related(
        "mentee__secretary__community", "mentee__cohort__rules", "mentee__studio", "talk", "proposed_by", "decided_by"
    )
    row = get_object_or_404(rows, pk=pk)
    may = request.user.can(Permission.COHORT_DECIDE, row.studio_id) and row.state == ProposalState.OPEN
    form = DecideForm(sent(request))
    if request.method == "POST":
        require(request.user, Permission.COHORT_DECIDE, row.studio_id)
        if form.is_valid() and done(
            form, actions.decide_proposal, by=request.user, proposal=row, **form.cleaned_data
        ):  # fmt: skip
            messages.success(request, _("决定了，已经办好。"))
            return redirect("cohorts:mentee", row.mentee_id)
    own = row.proposed_by_id == request.user.pk
    context = {"proposal": row, "mentee": row.mentee, "form": form, "may": may and not own, "own": may and own}
    return render(request, "cohorts/proposal.html", context)


@page(needs(Permission.COHORT_DECIDE))
def substitute(request, pk):
    """`pk` is the mentee whose seat is open."""
    left = mentee_for(request.user, pk, Permission.COHORT_DECIDE)
    waiting = list(reserves(left.cohort))
    form = SubstituteForm(sent(request), mentee=left, reserves=waiting)
    seat = left.pairings.exclude(ends=None).for_lists().order_by("-ends").first()

    def act(*, mentee_in, **facts):
        return actions.substitute(replaces=left, mentee=mentee_in, **facts)

    return adjust(
        request, left, form, kind="substitute", title=_("递补"), button=_("确定递补"), act=act,
        words=_("递补办好了。"), extra={
            "pair": seat, "reserve": waiting, "last": last_day_to_substitute(left.cohort, seat.ends) if seat else None,
        },
    )  # fmt: skip


@page(needs(Permission.ROSTER_EDIT))
def talk(request, pk):
    mentee = mentee_for(request.user, pk, Permission.ROSTER_EDIT)
    return adjust(
        request,
        mentee,
        TalkForm(sent(request), mentee=mentee),
        kind="talk",
        title=_("记一次提醒谈话"),
        button=_("保存"),
        act=acting_on(mentee, actions.record_talk),
        words=_("谈话记好了。"),
    )
