import datetime
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.views.common import sent
from evaluations.growth import actions
from evaluations.growth.access import (
    PAIR,
    RATERS,
    READERS,
    is_mentor_of,
    is_own,
    may_rate,
    mentee_to_rate,
    plan_for,
    plan_to_change,
)
from evaluations.growth.choices import PlanState
from evaluations.growth.exports import plan_pdf_of
from evaluations.growth.forms import PeriodForm, ResultForm, RowFormSet
from evaluations.growth.models import MOST_ROWS
from evaluations.growth.queries.cards import offer_for
from evaluations.growth.queries.plans import plan_to_carry, standing_plan
from evaluations.growth.queries.sheet import sheet_of
from evaluations.growth.queries.standing import proposals_for, with_evidence
from mentorship.accounts.access import page
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.framework.models import Indicator

PERIOD = datetime.timedelta(days=90)


@page(READERS)
def plan(request, pk):
    row = plan_for(request.user, pk)
    user, standing = request.user, row.state in PlanState.standing()
    own, teaches = is_own(user, row.mentee), is_mentor_of(user, row.mentee)
    waits = (own and not row.mentee_agreed_at) or (teaches and not row.mentor_agreed_at)
    edits = may_rate(user, row.mentee)
    return render(
        request,
        "growth/plan.html",
        {
            "plan": row,
            "mentee": row.mentee,
            "rows": sheet_of(row, user),
            "may_agree": standing and waits and not user.is_represented,
            "may_change": standing and edits,
            "may_close": row.state == PlanState.AGREED and edits,
        },
    )


@page(READERS)
def plan_pdf(request, pk):
    row = plan_for(request.user, pk)
    response = HttpResponse(plan_pdf_of(row, sheet_of(row, request.user)), content_type="application/pdf")
    name = quote(_("补短板计划-%(name)s") % {"name": row.mentee})
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}.pdf"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def facts_of(period, rows) -> dict:
    """What the actions ask for; the places of the rows in the form stay with them."""
    data = period.cleaned_data
    kept = [form.cleaned_data for form in rows if form.cleaned_data.get("indicator")]
    return {"starts": data["starts"], "ends": data["ends"], "rows": kept}


def refuse_in(period, rows, refused: Refused) -> None:
    place = getattr(refused, "row", None)
    if place is None:
        add_refusal(period, refused)
        return
    used = [form for form in rows if form.cleaned_data.get("indicator")]
    add_refusal(used[place], refused)


def forms_for(request, mentee, period_initial, row_initial):
    """The two forms; what the rows may choose from is asked once for all."""
    indicators = Indicator.objects.filter(subject__framework=mentee.cohort.framework_id).select_related("subject")
    indicators = indicators.order_by("subject__order", "order")
    period = PeriodForm(sent(request), initial=period_initial)
    filled = (row_initial + [{}] * MOST_ROWS)[:MOST_ROWS]
    rows = RowFormSet(
        sent(request),
        initial=filled,
        prefix="rows",
        form_kwargs={"indicators": indicators, "offer": offer_for(request.user, mentee.studio_id, indicators)},
    )
    return period, rows


@page(RATERS)
def plan_make(request, pk):
    mentee = mentee_to_rate(request.user, pk)
    if existing := standing_plan(mentee):
        messages.info(request, _("现在的补短板计划还没有结束，先结了再拟下一期。"))
        return redirect("growth:plan", existing.pk)
    today = mentee.cohort.studio.today()
    ends = min(today + PERIOD, max(mentee.cohort.ends, today + datetime.timedelta(days=30)))
    proposed = with_evidence(proposals_for(mentee, today), request.user)
    initial = [
        {
            "indicator": each.indicator, "target": each.target, "method": each.method, "action": each.action,
            "evidence": each.proof, "due": due_of(today, ends, place, len(proposed)),
        }
        for place, each in enumerate(proposed)
    ]  # fmt: skip
    period, rows = forms_for(request, mentee, {"starts": today, "ends": ends}, initial)
    if request.method == "POST" and period.is_valid() and rows.is_valid():
        try:
            made = actions.draft_plan(by=request.user, mentee=mentee, **facts_of(period, rows))
        except Refused as refused:
            refuse_in(period, rows, refused)
        else:
            messages.success(request, _("计划拟好了，等师徒两人同意。"))
            return redirect("growth:plan", made.pk)
    context = {"mentee": mentee, "form": period, "rows": rows, "proposed": proposed, "carried": plan_to_carry(mentee)}
    return render(request, "growth/plan_form.html", context)


def due_of(first: datetime.date, last: datetime.date, place: int, rows: int) -> datetime.date:
    """Spread over the period, so that not all falls due on its last day."""
    return first + (last - first) * (place + 1) // max(1, rows)


@page(RATERS)
def plan_edit(request, pk):
    row = plan_to_change(request.user, pk)
    initial = [
        {name: getattr(gap, name) for name in ("indicator", "target", "method", "action", "evidence", "due")}
        | {"card": gap.card_id}
        for gap in row.rows.select_related("indicator")
    ]
    start = {"starts": row.starts, "ends": row.ends, "version": row.version}
    period, rows = forms_for(request, row.mentee, start, initial)
    conflict = False
    if request.method == "POST" and period.is_valid() and rows.is_valid():
        version = period.cleaned_data["version"] or 0
        try:
            actions.change_plan(by=request.user, plan=row, version=version, **facts_of(period, rows))
        except Refused as refused:
            refuse_in(period, rows, refused)
            conflict = isinstance(refused, actions.Stale)
            if conflict:  # having seen both, the reader may send again
                period.data = period.data.copy()
                period.data["version"] = row.version
        else:
            messages.success(request, _("改好了，请师徒两人再同意一次。"))
            return redirect("growth:plan", row.pk)
    theirs = sheet_of(plan_for(request.user, pk), request.user) if conflict else []
    context = {"mentee": row.mentee, "plan": row, "form": period, "rows": rows, "conflict": conflict, "theirs": theirs}
    return render(request, "growth/plan_form.html", context)


@page(PAIR)
@require_POST
def plan_agree(request, pk):
    row = plan_for(request.user, pk)
    if not (is_own(request.user, row.mentee) or is_mentor_of(request.user, row.mentee)):
        raise PermissionDenied
    try:
        version = int(request.POST.get("version") or 0)
        actions.agree_plan(by=request.user, plan=row, version=version)
    except (Refused, ValueError) as refused:
        messages.error(request, getattr(refused, "message", _("请重新打开这一页再点。")))
    else:
        messages.success(request, _("记下了，您同意这份计划。"))
    return redirect("growth:plan", row.pk)


@page(RATERS)
def plan_close(request, pk):
    row = plan_to_change(request.user, pk)
    gaps = sheet_of(row, request.user)
    forms = [
        ResultForm(sent(request), prefix=f"row{gap.row.order}", initial={"result": gap.row.result}) for gap in gaps
    ]
    checked = [form.is_valid() for form in forms]  # all of them, so that each shows its own error
    if request.method == "POST" and all(checked):
        given = zip(gaps, forms, strict=True)
        results = {gap.row.order: (form.cleaned_data["result"], form.cleaned_data["note"]) for gap, form in given}
        try:
            version = int(request.POST.get("version") or 0)
            actions.close_plan(by=request.user, plan=row, version=version, results=results)
        except (Refused, ValueError) as refused:
            messages.error(request, getattr(refused, "message", _("请重新打开这一页再点。")))
        else:
            messages.success(request, _("这一期结了，没做完的会转到下一期。"))
            return redirect("growth:plan", row.pk)
    context = {"plan": row, "mentee": row.mentee, "pairs": list(zip(gaps, forms, strict=True)), "forms": forms}
    return render(request, "growth/plan_close.html", context)
