from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.views.common import sent
from evaluations.promotions import actions
from evaluations.promotions.access import (
    CLERKS,
    INSIDERS,
    LEADS,
    appeal_for,
    candidate_for,
    notice_for,
    objection_for,
    review_for,
)
from evaluations.promotions.choices import Channel, ReviewState
from evaluations.promotions.forms import AppealDecisionForm, AppealForm, AssignForm, FindForm, NoticeForm, ObjectForm
from evaluations.promotions.models import Objection, PublicNotice
from evaluations.promotions.pages import ShownResult, days_left
from evaluations.promotions.throttle import may_send
from mentorship.accounts.access import PUBLIC, StepUp, page
from mentorship.accounts.permissions import Permission as P
from mentorship.common.paging import page_of
from mentorship.places.models import Studio

from .common import ask, carried, pressed
from .reviews import people_in


@page(LEADS)
def publish(request, pk):
    row = review_for(request.user, pk, P.PROMOTION_DECIDE)
    studio = row.studio
    initial = {
        "starts": studio.today(), "days": row.cohort.rules.publicity_days, "contact": studio.phone, "public": True,
        "subject": _("%(tier)s人选公示") % {"tier": row.get_to_tier_display()},
        "venues": _("公告栏、党群服务中心、工作室系统"),
    }  # fmt: skip
    form = NoticeForm(sent(request), initial=initial)
    if made := carried(form, actions.publish_notice, by=request.user, review=row):
        messages.success(request, _("公示贴出去了。"))
        return redirect("promotions:notice", made.pk)
    back = reverse("promotions:review", args=[row.pk])
    text = _("截止日期按工作日算，节假日不算。公示期满、没有成立的反映，才能生效。")
    more = {"holidays": True}
    return ask(request, form, title=_("公示"), back=back, button=_("盖章公示"), text=text, seal=True, **more)


def people_of(notice: PublicNotice):
    rows = notice.review.candidates.passed().select_related("mentee__secretary__community")
    return list(rows.order_by("order"))


@page(INSIDERS)
def notice(request, pk):
    row = notice_for(request.user, pk)
    user, today = request.user, row.studio.today()
    decides = user.can(P.PROMOTION_DECIDE, row.studio_id)
    return render(
        request,
        "promotions/notice.html",
        {
            "notice": row,
            "people": people_of(row),
            "count": days_left(row, today),
            "may_decide": decides,
            "ran_out": today > row.ends and row.review.state == ReviewState.NOTICED,
            "may_enter": user.can(P.PROMOTION_EDIT, row.studio_id) and row.review.state == ReviewState.NOTICED,
            "objections": Objection.objects.visible_to(user).filter(notice=row).select_related("candidate__mentee__secretary"),
        },
    )  # fmt: skip


@page(INSIDERS)
def notice_print(request, pk):
    row = notice_for(request.user, pk)
    context = {"notice": row, "people": people_of(row), "back_url": reverse("promotions:notice", args=[row.pk])}
    return render(request, "promotions/notice_print.html", context)


@page(LEADS, step_up=StepUp.ACT)
@require_POST
def take_effect(request, pk):
    row = review_for(request.user, pk, P.PROMOTION_DECIDE)
    to = reverse("promotions:review", args=[row.pk])
    return pressed(request, actions.take_effect, _("生效了。"), to, review=row)


# The board: without signing in


def studio_by(code: str) -> Studio:
    return get_object_or_404(Studio, code=code)


@page(PUBLIC)
def board(request, code):
    studio = studio_by(code)
    rows = PublicNotice.objects.on_the_board(studio, studio.today()).filter(review__state=ReviewState.NOTICED)
    notices = [
        {"notice": row, "people": people_of(row), "count": days_left(row, studio.today())}
        for row in rows.select_related("studio", "review")
    ]
    return render(request, "promotions/board.html", {"studio": studio, "notices": notices})


@page(PUBLIC)
def object_(request, code, pk):
    """Anyone's words about someone on the board; signed or not. Few from one address in an hour."""
    studio = studio_by(code)
    row = get_object_or_404(PublicNotice.objects.on_the_board(studio, studio.today()), pk=pk)
    candidates = row.review.candidates.passed().select_related("mentee__secretary")
    form = ObjectForm(sent(request), candidates=candidates, public=True)
    if form.is_bound and form.is_valid() and not may_send(request):
        return render(request, "promotions/object_wait.html", {"studio": studio, "notice": row}, status=429)
    if carried(form, actions.receive, by=None, notice=row, channel=Channel.PAGE):
        return redirect("promotions:object_thanks", studio.code)
    return render(request, "promotions/object.html", {"studio": studio, "notice": row, "form": form})


@page(PUBLIC)
def object_thanks(request, code):
    return render(request, "promotions/object_thanks.html", {"studio": studio_by(code)})


# Objections


@page(CLERKS)
def object_enter(request, pk):
    """A letter, a call or a visit, entered by a clerk, who will not see it again unless named a checker."""
    row = notice_for(request.user, pk, P.PROMOTION_EDIT)
    candidates = row.review.candidates.passed().select_related("mentee__secretary")
    form = ObjectForm(sent(request), candidates=candidates, public=False, initial={"received": row.studio.today()})
    if carried(form, actions.receive, by=request.user, notice=row):
        messages.success(request, _("登记了，已转项目负责人。"))
        return redirect("promotions:notice", row.pk)
    back = reverse("promotions:notice", args=[row.pk])
    text = _("登记后只有项目负责人和两位核查人看得到内容。")
    return ask(request, form, title=_("登记反映"), back=back, button=_("登记"), text=text)


@page(INSIDERS)
def objections(request):
    rows = Objection.objects.visible_to(request.user).filter(studio=request.studio)
    rows = rows.select_related("notice", "candidate__mentee__secretary")
    return render(request, "promotions/objections.html", {"page": page_of(request, rows, 30)})


@page(INSIDERS)
def objection(request, pk):
    row = objection_for(request.user, pk)
    checker = request.user.pk in {row.checker_1_id, row.checker_2_id} and not request.user.is_represented
    return render(
        request,
        "promotions/objection.html",
        {
            "objection": row,
            "checker": checker,
            "may_assign": request.user.can(P.PROMOTION_DECIDE, row.studio_id),
            "may_agree": checker and row.found_by_id not in (None, request.user.pk) and not row.outcome,
        },
    )


@page(LEADS)
def assign(request, pk):
    row = objection_for(request.user, pk, P.PROMOTION_DECIDE)
    form = AssignForm(sent(request), people=people_in(row.studio_id))
    if carried(form, actions.assign, by=request.user, objection=row):
        messages.success(request, _("交给两位核查了。"))
        return redirect("promotions:objection", row.pk)
    back = reverse("promotions:objection", args=[row.pk])
    text = _("候选人本人和师傅要回避。")
    return ask(request, form, title=_("请两位核查"), back=back, button=_("交办"), text=text)


@page(INSIDERS)
def find(request, pk):
    row = objection_for(request.user, pk)
    actions.refuse_unless_checker(request.user, row)
    initial = {"finding": row.finding, "reply": row.reply, "outcome": row.proposed_outcome}
    form = FindForm(sent(request), initial=initial)
    if carried(form, actions.find, by=request.user, objection=row):
        messages.success(request, _("写好了，等另一位核查人同意。"))
        return redirect("promotions:objection", row.pk)
    back = reverse("promotions:objection", args=[row.pk])
    return ask(request, form, title=_("核查情况"), back=back, button=_("交另一位核查人"))


@page(INSIDERS)
@require_POST
def agree(request, pk):
    row = objection_for(request.user, pk)
    to = reverse("promotions:objection", args=[row.pk])
    return pressed(request, actions.answer_objection, _("有结论了。"), to, objection=row)


@page(INSIDERS)
@require_POST
def send_back(request, pk):
    row = objection_for(request.user, pk)
    to = reverse("promotions:objection", args=[row.pk])
    return pressed(request, actions.send_back, _("退回再查。"), to, objection=row)


# The person concerned


@page(INSIDERS)
def result(request, pk):
    """What became of one's own review, and the two steps that are open against it."""
    row = candidate_for(request.user, pk)
    if row.review.is_open:
        raise Http404
    own = row.mentee.secretary.user_id == request.user.pk and not request.user.is_represented
    context = {
        "candidate": row, "shown": ShownResult(row), "own": own,
        "appeals": row.appeals.order_by("filed_on", "created_at"),
        "may_decide": request.user.can(P.PROMOTION_DECIDE, row.studio_id),
    }  # fmt: skip
    return render(request, "promotions/result.html", context)


@page(INSIDERS)
def appeal(request, pk) -> HttpResponse:
    row = candidate_for(request.user, pk)
    actions.refuse_unless_own(request.user, row)
    form = AppealForm(sent(request))
    back = reverse("promotions:result", args=[row.pk])
    if carried(form, actions.file_appeal, by=request.user, candidate=row):
        messages.success(request, _("收到了，期限内答复您。"))
        return redirect(back)
    text = _("先复核，对复核不满意再申诉。复核和申诉期间，原结果照常执行。")
    return ask(request, form, title=_("申请复核或申诉"), back=back, button=_("交上去"), text=text)


@page(LEADS, step_up=StepUp.ACT)
def appeal_decide(request, pk):
    row = appeal_for(request.user, pk, P.PROMOTION_DECIDE)
    form = AppealDecisionForm(sent(request))
    back = reverse("promotions:result", args=[row.candidate_id])
    if carried(form, actions.decide_appeal, by=request.user, appeal=row):
        messages.success(request, _("答复了。"))
        return redirect(back)
    title = f"{row.get_kind_display()} · {row.candidate}"
    return ask(request, form, title=title, back=back, button=_("答复"), text=row.ground)
