"""The cohort: its list, its making, its page with the stage, its parameters."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts import actions
from cohorts.access import cohort_for
from cohorts.choices import Stage
from cohorts.forms import CohortForm, RulesForm
from cohorts.forms.cohort import rule_defaults
from cohorts.models import Cohort
from cohorts.queries import conditions, steps, vacancies
from cohorts.queries.stages import counts
from mentorship.accounts.access import needs, page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from .common import done, sent


@page(needs(Permission.COHORT_VIEW))
def cohorts(request):
    rows = Cohort.objects.visible_to(request.user).filter(studio=request.studio).with_counts()
    may_create = request.user.can(Permission.COHORT_EDIT, request.studio)
    return render(request, "cohorts/cohorts.html", {"cohorts": rows, "may_create": may_create})


@page(needs(Permission.COHORT_EDIT))
def create(request):
    form = CohortForm(sent(request), studio=request.studio)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_cohort(by=request.user, studio=request.studio, **form.facts())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, _("%(name)s建好了。") % {"name": made})
            return redirect("cohorts:cohort", made.pk)
    return render(request, "cohorts/create.html", {"form": form, "has_framework": request.studio.frameworks.exists()})


@page(needs(Permission.COHORT_VIEW))
def cohort(request, pk):
    row = cohort_for(request.user, pk, Permission.COHORT_VIEW)
    asked = conditions(row)
    return render(
        request,
        "cohorts/cohort.html",
        {
            "cohort": row,
            "steps": steps(row),
            "conditions": asked,
            "counts": counts(row),
            "ready": all(line.met for line in asked if line.needed),
            "next_label": next_label(row),
            "vacancies": vacancies(row) if row.stage in Stage.with_pairs() else [],
            "may_edit": request.user.can(Permission.COHORT_EDIT, row.studio),
            "may_decide": request.user.can(Permission.COHORT_DECIDE, row.studio),
            "week": row.week_on(row.studio.today()),
        },
    )


def next_label(row) -> str:
    stage = Stage.after(row.stage)
    return str(Stage(stage).label) if stage else ""


@page(needs(Permission.COHORT_DECIDE))
def advance(request, pk):
    """A page of its own: it says what the step means before the step is taken."""
    row = cohort_for(request.user, pk, Permission.COHORT_DECIDE)
    if request.method == "POST":
        try:
            actions.advance_stage(by=request.user, cohort=row)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("%(name)s进入“%(stage)s”。") % {"name": row, "stage": row.get_stage_display()})
            return redirect("cohorts:cohort", row.pk)
    asked = conditions(row)
    return render(
        request,
        "cohorts/advance.html",
        {
            "cohort": row,
            "conditions": asked,
            "next": Stage.after(row.stage),
            "next_label": next_label(row),
            "ready": all(line.met for line in asked if line.needed),
        },
    )


@page(needs(Permission.COHORT_EDIT))
def rules(request, pk):
    row = cohort_for(request.user, pk, Permission.COHORT_EDIT)
    form = RulesForm(sent(request), cohort=row)
    if "defaults" in request.POST:
        actions.change_rules(by=request.user, cohort=row, values=rule_defaults())
        messages.success(request, _("参数都恢复成默认值了。"))
        return redirect("cohorts:rules", row.pk)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.change_rules, by=request.user, cohort=row, values=form.cleaned_data)
    ):
        messages.success(request, _("参数已保存。"))
        return redirect("cohorts:cohort", row.pk)
    return render(request, "cohorts/rules.html", {"cohort": row, "form": form})
