from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.clinic.access import READERS, case_to, may_carry
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.actions.planning import PLANNED_IN, save_plan
from cohorts.clinic.forms.plan import StepFormSet, VersionForm
from cohorts.clinic.models import Case, Opinion
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal

from .course import not_now, stands_so


@page(READERS)
def plan(request, pk):
    """The steps, beside the opinions they come from. After a conflict both texts are shown."""
    case = case_to(request.user, pk, may_carry)
    if not case.is_released:
        return not_now(request, case, _("意见公开以后再定办法。"))
    if case.state not in PLANNED_IN:
        return not_now(request, case, stands_so(case))
    form = VersionForm(sent(request), initial={"version": case.version})
    rows = StepFormSet(sent(request), case=case, initial=StepFormSet.values_of(case))
    theirs = []
    if form.is_bound and form.is_valid() and rows.is_valid():
        try:
            save_plan(by=request.user, case=case, steps=rows.facts(), **form.cleaned_data)
        except Refused as refused:
            theirs = refused_in(form, refused, case)
        else:
            messages.success(request, _("办法定好了，告诉了来做的人。"))
            return redirect("clinic:case", pk)
    steps = list(case.steps.for_lists())
    context = {
        "case": case, "form": form, "rows": rows, "theirs": theirs, "done": [step for step in steps if step.done_on],
        "opinions": Opinion.objects.visible_to(request.user).filter(case=case).for_lists(),
        "first": not steps, "first_empty": 0 if not steps else None,
    }  # fmt: skip
    return render(request, "clinic/plan.html", context)


def refused_in(form: VersionForm, refused: Refused, case: Case) -> list:
    """The reason in the form; after a conflict what others wrote, and the next save counts as seen."""
    add_refusal(form, refused)
    if not isinstance(refused, Stale):
        return []
    form.data = form.data.copy()
    form.data["version"] = Case.objects.get(pk=case.pk).version
    return list(case.steps.for_lists())
