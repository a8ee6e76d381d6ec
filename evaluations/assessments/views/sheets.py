from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.views.common import done, sent
from evaluations.assessments import actions
from evaluations.assessments.access import (
    CONCERNED,
    DECIDERS,
    MENTEES,
    MENTORS,
    OFFICERS,
    commenting_sheet,
    is_own,
    may_comment,
    own_sheet,
    review_for,
    sheet_for,
    veto_for,
)
from evaluations.assessments.choices import COUNTED, RoundStatus
from evaluations.assessments.forms import (
    CommentForm,
    DecisionForm,
    FeedbackForm,
    ReportForm,
    ReviewForm,
    SettleForm,
    SignForm,
    VetoForm,
)
from evaluations.assessments.models import VetoItem
from evaluations.assessments.queries import label_in_full, shown, subjects_of
from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission

BEFORE_RELEASE = {RoundStatus.REPORTING, RoundStatus.SCORING, RoundStatus.SUMMING}


@page(CONCERNED)
def sheet(request, pk):
    row = sheet_for(request.user, pk)
    user, status, own = request.user, row.round.status, is_own(request.user, row)
    looks_after = user.can(Permission.ASSESSMENT_VIEW, row.studio_id) and not own
    sums = user.can(Permission.ASSESSMENT_EDIT, row.studio_id) and not own
    sees = row.round.is_released or (sums and status == RoundStatus.SUMMING)
    review = row.reviews.select_related("decided_by").first()
    last = row.review_until
    in_time = bool(last and row.studio.today() <= last)
    talks = status == RoundStatus.FEEDBACK and not row.signed_at and may_comment(user, row)
    return render(
        request,
        "assessments/sheet.html",
        {
            "sheet": row,
            "own": own,
            "sees": sees,
            "looks_after": looks_after,
            "tree": shown(row.tree, subjects_of(row.round.cohort)) if sees else None,
            "evidence": evidence_rows(row),
            "vetoes": VetoItem.objects.visible_to(user).filter(sheet=row).select_related("raised_by", "verified_by") if looks_after else [],
            "review": review if (own or looks_after) else None,
            "last": last,
            "may_report": own and status in RoundStatus.reportable(),
            "may_comment": status in {RoundStatus.SCORING, RoundStatus.SUMMING} and may_comment(user, row),
            "may_talk": talks,
            "may_sign": own and not user.is_represented and bool(row.talked_on) and not row.signed_at and row.round.is_released,
            "may_file": own and in_time and review is None and status in {RoundStatus.FEEDBACK, RoundStatus.REVIEW},
            "may_veto": looks_after and status in BEFORE_RELEASE and user.can(Permission.ASSESSMENT_EDIT, row.studio_id),
        },
    )  # fmt: skip


def evidence_rows(row) -> list[dict]:
    """What was counted, in the order of the scheme, with its name."""
    return [
        row.evidence[name] | {"name": name, "label": label} for name, label in COUNTED.items() if name in row.evidence
    ]


def act(request, row, form, *, title, button, words, action, facts=None, to="assessments:sheet", **context):
    """The page of one act on a sheet: a form, one action, back to the sheet."""
    if request.method == "POST" and form.is_valid() and done(
        form, action, by=request.user, **(facts or {}), **form.cleaned_data
    ):  # fmt: skip
        messages.success(request, words)
        return redirect(to, row.pk) if to == "assessments:sheet" else redirect(to)
    context = {"sheet": row, "round": row.round, "form": form, "title": title, "button": button} | context
    return render(request, "assessments/act.html", context)


@page(MENTEES)
def report(request, pk):
    row = own_sheet(request.user, pk)
    form = ReportForm(sent(request), initial={"report": row.report, "version": row.version})
    theirs = None
    if request.method == "POST" and form.is_valid():
        hand_in = "draft" not in request.POST
        if done(form, actions.write_report, by=request.user, sheet=row, hand_in=hand_in, **form.cleaned_data):
            messages.success(request, _("述学交了。") if hand_in else _("草稿存好了。"))
            return redirect("assessments:sheet", pk)
        row.refresh_from_db()
        if form.cleaned_data["version"] != row.version:
            theirs = row.report
            form.data = form.data.copy()
            form.data["version"] = row.version
    return render(request, "assessments/report.html", {"sheet": row, "form": form, "theirs": theirs})


@page(MENTORS)
def comment(request, pk):
    row = commenting_sheet(request.user, pk)
    manages = request.user.can(Permission.ASSESSMENT_VIEW, row.studio_id)
    return act(
        request, row, CommentForm(sent(request), instance=row), title=_("写评语"), button=_("保存评语"),
        words=_("评语写好了。"), action=actions.write_comment, facts={"sheet": row},
        to="assessments:sheet" if manages else "assessments:mine", to_mine=not manages,
        lead=_("两条优点、一条不足、一条建议。发布以后本人看得到。"),
    )  # fmt: skip


@page(MENTORS)
def feedback(request, pk):
    row = commenting_sheet(request.user, pk)
    form = FeedbackForm(sent(request), sheet=row, talked_by=str(request.user))
    return act(
        request, row, form, title=_("反馈谈话"), button=_("记好了"), words=_("谈话记好了，已请本人签知悉。"),
        action=actions.record_feedback, facts={"sheet": row},
        lead=_("先说两条优点，再说一条不足，最后商量下一步。谈过再记。"),
    )  # fmt: skip


@page(MENTEES)
def sign(request, pk):
    row = own_sheet(request.user, pk)
    if request.user.is_represented:
        raise PermissionDenied
    return act(
        request, row, SignForm(sent(request)), title=_("签知悉"), button=_("我知道了，签名"), seal=True,
        words=_("签好了。"), action=actions.sign_sheet, facts={"sheet": row},
        lead=_("签名表示知道结果，不等于同意。有不同意见，可以在期限内申请复核。"),
    )  # fmt: skip


@page(MENTEES)
def file_review(request, pk):
    row = own_sheet(request.user, pk)
    return act(
        request, row, ReviewForm(sent(request)), title=_("申请复核"), button=_("交上去"),
        words=_("申请收到了，会由没有评过分的人来查。"), action=actions.file_review, facts={"sheet": row},
        lead=_("复核不影响您平时的带教。十个工作日内答复。"),
    )  # fmt: skip


@page(OFFICERS)
def veto(request, pk):
    row = sheet_for(request.user, pk)
    require(request.user, Permission.ASSESSMENT_EDIT, row.studio_id)
    return act(
        request, row, VetoForm(sent(request)), title=_("提出一票否决事项"), button=_("提出，请另一人核实"),
        words=_("提出了，等另一位核实。"), action=actions.raise_veto, facts={"sheet": row},
        lead=_("核实以前不起作用。提出和核实要两个人。"),
    )  # fmt: skip


@page(OFFICERS)
def settle(request, pk):
    item = veto_for(request.user, pk)
    return act(
        request, item.sheet, SettleForm(sent(request)), title=_("核实一票否决事项"), button=_("核实完毕"),
        words=_("核实情况记好了。"), action=actions.settle_veto, facts={"veto": item}, veto=item,
    )  # fmt: skip


@page(CONCERNED)
def review(request, pk):
    row = review_for(request.user, pk)
    decides = request.user.can(Permission.ASSESSMENT_DECIDE, row.studio_id) and not is_own(request.user, row.sheet)
    subjects = subjects_of(row.sheet.round.cohort)
    return render(
        request,
        "assessments/review.html",
        {
            "review": row,
            "sheet": row.sheet,
            "review_label": label_in_full(row.path, subjects) if row.path else "",
            "may_decide": decides and row.decided_by_id is None,
        },
    )


@page(DECIDERS)
def decide(request, pk):
    row = review_for(request.user, pk)
    require(request.user, Permission.ASSESSMENT_DECIDE, row.studio_id)
    subjects = subjects_of(row.sheet.round.cohort)
    parts = [
        (path, actions.reviews.part_of(row.sheet.tree, path)["value"]) for path in actions.correctable(row.sheet.tree)
    ]
    form = DecisionForm(sent(request), parts=parts, subjects=subjects)
    return act(
        request, row.sheet, form, title=_("决定复核"), button=_("作出决定"), words=_("决定了，本人会收到通知。"),
        action=actions.decide_review, facts={"review": row}, review=row,
        lead=_("成立就更正查清的那一项，系统重新算；不影响其他人。"),
    )  # fmt: skip
