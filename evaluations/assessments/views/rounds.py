from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.choices import Stage
from cohorts.models import Cohort
from cohorts.views.common import done, sent
from evaluations import scoring
from evaluations.assessments import actions
from evaluations.assessments.access import DECIDERS, OFFICERS, READERS, round_for
from evaluations.assessments.choices import Grade, RoundStatus
from evaluations.assessments.forms import ReopenForm, RoundForm
from evaluations.assessments.models import ReviewRequest, Round
from evaluations.assessments.queries import checklist, late_raters, matrix_of, shown, subjects_of
from mentorship.accounts.access import StepUp, page
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of

STAGES = list(RoundStatus)


def by_name(round_):
    return round_.sheets.for_lists().order_by("mentee__secretary__sort_key", "mentee__secretary__name", "pk")


def tried(request, act, words: str, **facts) -> bool:
    """An act that has no form of its own: what it says goes over the next page."""
    try:
        act(by=request.user, **facts)
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, words)
    return True


@page(READERS)
def rounds(request):
    rows = Round.objects.filter(studio__in=request.user.studios_with(Permission.ASSESSMENT_VIEW))
    rows = rows.filter(studio=request.studio).for_lists()
    cohorts = Cohort.objects.filter(studio=request.studio, stage__in=Stage.with_pairs())
    return render(
        request,
        "assessments/rounds.html",
        {
            "page": page_of(request, rows, 30),
            "cohorts": list(cohorts),
            "may_make": request.user.can(Permission.ASSESSMENT_EDIT, request.studio) and cohorts.exists(),
        },
    )


@page(OFFICERS)
def make(request):
    running = Cohort.objects.filter(studio=request.studio, stage__in=Stage.with_pairs()).select_related(
        "rules", "studio", "framework"
    )
    first = running.begun_first(request.studio).first()
    if first is None:
        messages.error(request, _("还没有带教中的批次，结对发布以后再开考核。"))
        return redirect("assessments:rounds")
    scheme = first.schemes.first()
    today = request.studio.today()
    initial = {"cohort": first, "scheme": scheme, "starts": first.starts, "ends": today}
    form = RoundForm(sent(request), studio=request.studio, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_round(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("这一轮建好了，看过清单再打开。"))
            return redirect("assessments:round", made.pk)
    return render(request, "assessments/make.html", {"form": form, "scheme": scheme})


@page(READERS)
def round_(request, pk):
    row = round_for(request.user, pk)
    sheets = list(by_name(row))
    heads, lines = matrix_of(row, sheets)
    edits = request.user.can(Permission.ASSESSMENT_EDIT, row.studio_id)
    scoring_now = row.status == RoundStatus.SCORING
    reminded = set(
        row.reminders.filter(week=actions.tasks.monday_of(row.studio.today())).values_list("person", flat=True)
    )
    at = STAGES.index(RoundStatus(row.status))
    return render(
        request,
        "assessments/round.html",
        {
            "round": row,
            "steps": [(stage.label, n < at, n == at) for n, stage in enumerate(STAGES)],
            "checks": checklist(row),
            "heads": heads,
            "lines": lines,
            "late": [(person, n, person.pk in reminded) for person, n in late_raters(row)] if scoring_now else [],
            "reviews": list(ReviewRequest.objects.filter(sheet__round=row).for_lists()),
            "may_edit": edits,
            "may_advance": edits and row.status in actions.rounds.STEPS,
            "may_release": row.status == RoundStatus.SUMMING
            and request.user.can(Permission.ASSESSMENT_DECIDE, row.studio_id),
            "may_reopen": edits and row.status == RoundStatus.SUMMING,
            "enters": edits and scoring_now,
            "has_results": row.is_released or (edits and row.status == RoundStatus.SUMMING),
        },
    )


@page(OFFICERS)
@require_POST
def advance(request, pk):
    row = round_for(request.user, pk, Permission.ASSESSMENT_EDIT)
    tried(request, actions.advance, _("进入下一阶段。"), round_=row, status=request.POST.get("status", ""))
    return redirect("assessments:round", pk)


@page(OFFICERS)
@require_POST
def remind(request, pk):
    row = round_for(request.user, pk, Permission.ASSESSMENT_EDIT)
    raters = User.objects.filter(rater_tasks__sheet__round=row).distinct()
    person = get_object_or_404(raters, pk=request.POST.get("person") or None)
    tried(request, actions.remind_rater, _("已提醒%(name)s。") % {"name": person}, round_=row, person=person)
    return redirect("assessments:round", pk)


@page(OFFICERS)
def reopen(request, pk):
    row = round_for(request.user, pk, Permission.ASSESSMENT_EDIT)
    form = ReopenForm(sent(request))
    if request.method == "POST" and form.is_valid() and done(
        form, actions.reopen_scoring, by=request.user, round_=row, **form.cleaned_data
    ):  # fmt: skip
        messages.success(request, _("回到评分了，评分人可以补交。"))
        return redirect("assessments:round", pk)
    context = {"round": row, "form": form, "title": _("回到评分"), "button": _("回到评分")}
    return render(request, "assessments/act.html", context | {"back": row.get_kind_display()})


@page(READERS)
def results(request, pk):
    row = round_for(request.user, pk)
    sheets = [sheet for sheet in by_name(row) if sheet.mentee.secretary.user_id != request.user.pk or row.is_released]
    subjects = subjects_of(row.cohort)
    sums = request.user.can(Permission.ASSESSMENT_EDIT, row.studio_id)
    ready = row.is_released or (sums and row.status == RoundStatus.SUMMING)
    rows = [(sheet, shown(sheet.tree, subjects)) for sheet in sheets] if ready else []
    rows.sort(key=lambda pair: (pair[0].rank is None, pair[0].rank or 0))
    return render(
        request,
        "assessments/results.html",
        {
            "round": row,
            "rows": rows,
            "spread": [(grade.label, sum(1 for s, _tree in rows if s.grade == grade.value)) for grade in Grade],
            "open": sum(1 for sheet, _tree in rows if sheet.total is None),
            "places": scoring.places_for_excellent(
                len(sheets), scoring.Rules(quota=row.scheme.quota, quota_small=row.scheme.quota_small)
            ),
        },
    )


@page(DECIDERS, step_up=StepUp.ACT)
def release(request, pk):
    row = round_for(request.user, pk, Permission.ASSESSMENT_DECIDE)
    if request.method == "POST":
        if tried(request, actions.release, _("结果发布了，请师傅约时间谈话。"), round_=row):
            return redirect("assessments:results", pk)
        return redirect("assessments:release", pk)
    own = row.computed_by_id == request.user.pk
    context = {"round": row, "checks": checklist(row), "own": own, "may": row.status == RoundStatus.SUMMING and not own}
    return render(request, "assessments/release.html", context)
