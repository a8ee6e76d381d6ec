from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.access import cohort_for
from cohorts.views.common import sent
from evaluations.growth import actions
from evaluations.growth.access import COMPARERS, draw_for
from evaluations.growth.burden import CEILINGS, MINUTES
from evaluations.growth.forms import AnswerForm, DrawForm
from evaluations.growth.models import SampleDraw
from evaluations.growth.queries.formalism import KINDS, burden_of, signs_of
from evaluations.growth.queries.samples import drawn_again, drawn_logs
from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.dates import add_months, month_of
from mentorship.common.errors import Refused
from mentorship.common.forms import MonthField, add_refusal

OLDEST = 12  # months that the burden page offers


@page(COMPARERS)
def sample(request, pk):
    """Draws so far, what is worth a look, and the form for a further draw."""
    cohort = cohort_for(request.user, pk, Permission.RATING_VIEW)
    edits = request.user.can(Permission.RATING_EDIT, cohort.studio)
    if request.method == "POST":
        require(request.user, Permission.RATING_EDIT, cohort.studio)
    form = DrawForm(sent(request), today=cohort.studio.today())
    if form.is_bound and form.is_valid():
        try:
            made = actions.draw_sample(by=request.user, cohort=cohort, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("抽好了。种子和规则都记着，谁都能照着再抽一遍。"))
            return redirect("growth:draw", made.pk)
    draws = SampleDraw.objects.visible_to(request.user).filter(cohort=cohort).select_related("drawn_by")
    context = {
        "cohort": cohort,
        "form": form,
        "draws": draws,
        "may_draw": edits,
        "signs": signs_of(cohort, request.user),
    }
    return render(request, "growth/sample.html", context)


@page(COMPARERS)
def draw(request, pk):
    """One draw: its logs with what the apprentices said, and the draw done over again from the seed."""
    row = draw_for(request.user, pk)
    if request.method == "POST":
        return answer(request, row)
    return draw_page(request, row, None)


def draw_page(request, row, refused_form):
    logs = drawn_logs(row, request.user)
    answers = {(each.log_id, each.mentee_id): each for each in row.answers.select_related("asked_by")}
    again, same_pool = drawn_again(row)
    edits = request.user.can(Permission.RATING_EDIT, row.studio_id)
    items = [
        (log, [(each.mentee, answers.get((log.pk, each.mentee_id)), form_for(log, each, refused_form) if edits else None)
               for each in log.attendance.all()])
        for log in logs
    ]  # fmt: skip
    asked = sum(1 for log, people in items if any(given for _mentee, given, _form in people))
    context = {
        "draw": row, "cohort": row.cohort, "items": items, "again": again == row.drawn, "same_pool": same_pool,
        "asked": asked, "form": refused_form, "unseen": len(row.drawn) - len(logs),
    }  # fmt: skip
    return render(request, "growth/draw.html", context)


def form_for(log, attendance, refused_form) -> AnswerForm:
    prefix = f"a{log.pk.hex[:8]}{attendance.mentee_id.hex[:8]}"
    if refused_form is not None and refused_form.prefix == prefix:
        return refused_form
    return AnswerForm(prefix=prefix, initial={"log": log.pk, "mentee": attendance.mentee_id})


def answer(request, row):
    require(request.user, Permission.RATING_EDIT, row.studio_id)
    form = AnswerForm(request.POST, prefix=request.POST.get("prefix", ""))
    if form.is_valid():
        data = form.cleaned_data
        people = {
            (log.pk, each.mentee_id): (log, each.mentee)
            for log in drawn_logs(row, request.user)
            for each in log.attendance.all()
        }
        if (data["log"], data["mentee"]) not in people:
            raise Http404
        log, mentee = people[data["log"], data["mentee"]]
        facts = {"log": log, "mentee": mentee, "answer": data["answer"], "note": data["note"]}
        try:
            actions.answer_sample(by=request.user, sample=row, **facts)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("回访记下了。"))
            return redirect("growth:draw", row.pk)
    return draw_page(request, row, form)


@page(COMPARERS)
def burden(request, pk):
    """Minutes of paper a month, by person, against the ceiling of the role."""
    cohort = cohort_for(request.user, pk, Permission.RATING_VIEW)
    now = month_of(cohort.studio.today())
    months = [add_months(now, -back) for back in range(OLDEST) if add_months(now, -back) >= month_of(cohort.starts)]
    chosen = asked_month(request) or now
    people = burden_of(cohort, chosen)
    over = [each for each in people if each.load.over]
    weekly = cohort.rules.mentor_hours_week
    context = {
        "cohort": cohort, "month": chosen, "months": months, "people": people, "over": over,
        "estimates": [(KINDS[kind], n) for kind, n in MINUTES.items()],
        "ceilings": CEILINGS, "tired": [each for each in people if each.teaching_hours > weekly * 4], "weekly": weekly,
    }  # fmt: skip
    return render(request, "growth/burden.html", context)


def asked_month(request):
    try:
        return MonthField(required=False).clean(request.GET.get("month"))
    except ValidationError:
        return None
