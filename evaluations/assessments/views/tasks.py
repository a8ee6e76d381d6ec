from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaluations.assessments import actions
from evaluations.assessments.access import RATERS, task_for
from evaluations.assessments.choices import RoundStatus, TaskState
from evaluations.assessments.forms import RateForm
from evaluations.assessments.models import RaterTask, Sheet
from evaluations.assessments.queries import asked, scoring_scheme, subjects_of
from mentorship.accounts.access import page
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


@page(RATERS)
def mine(request):
    """What the reader has to rate, what was said of their own year, and whom they should talk to."""
    user = request.user
    tasks = RaterTask.objects.filter(rater=user.pk, studio=request.studio).for_lists()
    now = tasks.filter(sheet__round__status=RoundStatus.SCORING)
    own = (
        Sheet.objects.filter(mentee__secretary__user=user.pk, studio=request.studio)
        .for_lists()
        .order_by("-round__starts")
    )
    pairs = Sheet.objects.filter(
        mentee__pairings__ends=None, mentee__pairings__mentor__secretary__user=user.pk, studio=request.studio
    ).for_lists()
    return render(
        request,
        "assessments/mine.html",
        {
            "waiting": list(now.waiting()),
            "handed_in": list(now.filter(state=TaskState.SUBMITTED)),
            "own": list(own),
            "to_comment": [s for s in pairs.filter(round__status__in=[RoundStatus.SCORING, RoundStatus.SUMMING]) if not s.has_comment],
            "to_talk": list(pairs.filter(round__status=RoundStatus.FEEDBACK, talked_on=None)),
            "talked": list(pairs.filter(round__status__in=sorted(RoundStatus.released())).exclude(talked_on=None)),
        },
    )  # fmt: skip


def form_of(request, task: RaterTask, *, data=None, submitting=False) -> RateForm:
    round_ = task.sheet.round
    subjects = subjects_of(round_.cohort)
    return RateForm(
        data,
        items=asked(scoring_scheme(round_.scheme, subjects), task.rater_type),
        subjects=subjects,
        scale=round_.cohort.framework.level_names,
        paper=task.rater_id is None,
        given=dict(task.scores.values_list("path", "value")),
        version=task.version,
        source=task.source,
        submitting=submitting,
    )


def keep(request, task: RaterTask, form: RateForm, *, submit: bool) -> RaterTask:
    return actions.save_scores(
        by=request.user, task=task, version=form.cleaned_data["version"], values=form.values(), submit=submit,
        source=form.cleaned_data.get("source", ""),
    )  # fmt: skip


@page(RATERS)
def rate(request, pk):
    task = task_for(request.user, pk)
    submit = "draft" not in request.POST
    theirs = None
    form = form_of(request, task, data=request.POST if request.method == "POST" else None, submitting=submit)
    if request.method == "POST" and form.is_valid():
        try:
            keep(request, task, form, submit=submit)
        except actions.Stale as stale:
            theirs, form = other_text(request, task, form, stale, submit)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(
                request, _("%(name)s的评分交了。") % {"name": task.sheet.mentee} if submit else _("草稿存好了。")
            )
            return after(request, task)
    return render(
        request,
        "assessments/rate.html",
        {
            "task": task,
            "sheet": task.sheet,
            "form": form,
            "theirs": theirs,
            "open": task.sheet.round.status == RoundStatus.SCORING,
            "back": reverse("assessments:mine") if task.rater_id else reverse("assessments:round", args=[task.sheet.round_id]),
        },
    )  # fmt: skip


def other_text(request, task: RaterTask, form: RateForm, stale, submit: bool):
    """What was saved meanwhile, to be shown beside what was typed; the next sending means to replace it."""
    task.refresh_from_db()
    saved = form_of(request, task)
    theirs = [
        (saved.fields[item.path].label, dict(task.scores.values_list("path", "value")).get(item.path))
        for item in saved.items
    ]
    data = request.POST.copy()
    data["version"] = task.version
    form = form_of(request, task, data=data, submitting=submit)
    form.is_valid()
    add_refusal(form, stale)
    return theirs, form


def after(request, task: RaterTask):
    """On to the next one that waits."""
    if task.rater_id is None:
        return redirect("assessments:round", task.sheet.round_id)
    return redirect("assessments:mine")


@page(RATERS)
@require_POST
def draft(request, pk):
    """Saves in the background; answers with the version to go on from."""
    task = task_for(request.user, pk)
    form = form_of(request, task, data=request.POST)
    if not form.is_valid():
        return JsonResponse({"saved": False}, status=422)
    try:
        task = keep(request, task, form, submit=False)
    except Refused as refused:
        return JsonResponse({"saved": False, "words": str(refused.message)}, status=409)
    return JsonResponse({"saved": True, "version": task.version})
