from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.access import cohort_for
from cohorts.views.common import sent
from evaluations.assessments import actions
from evaluations.assessments.access import OFFICERS, READERS, scheme_for
from evaluations.assessments.forms import SchemeForm
from evaluations.assessments.models import Scheme
from evaluations.assessments.queries import replay as replayed
from evaluations.assessments.queries import rounds_to_replay
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


@page(READERS)
def schemes(request, pk):
    cohort = cohort_for(request.user, pk, Permission.ASSESSMENT_VIEW)
    rows = Scheme.objects.filter(cohort=cohort).select_related("made_by", "cohort")
    may = request.user.can(Permission.ASSESSMENT_EDIT, cohort.studio_id)
    return render(request, "assessments/schemes.html", {"cohort": cohort, "schemes": rows, "may_edit": may})


@page(READERS)
def scheme(request, pk):
    row = scheme_for(request.user, pk)
    form = SchemeForm(instance=row)
    may = request.user.can(Permission.ASSESSMENT_EDIT, row.studio_id)
    rules = [(field.label, row.get_missing_display() if field.name == "missing" else field.initial or
              getattr(row, field.name)) for field in form.rule_fields]  # fmt: skip
    groups = [(group.title, [(field.label, field.value()) for field in group.fields]) for group in form.groups]
    context = {
        "scheme": row,
        "groups": groups,
        "rules": rules,
        "may_edit": may,
        "levels": list(enumerate(row.level_scores, 1)),
    }
    return render(request, "assessments/scheme.html", context)


@page(OFFICERS)
def scheme_change(request, pk):
    row = scheme_for(request.user, pk, Permission.ASSESSMENT_EDIT)
    form = SchemeForm(sent(request), instance=row)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.change_scheme(by=request.user, scheme=row, **form.facts())
        except actions.Stale as stale:
            add_refusal(form, stale)
            newer = stale
            row.refresh_from_db()
            form.data = form.data.copy()
            form.data["version"] = row.version
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("存好了：%(scheme)s。") % {"scheme": made})
            return redirect("assessments:replay", made.pk)
    return render(request, "assessments/scheme_form.html", {"scheme": row, "form": form, "newer": newer})


@page(READERS)
def replay(request, pk):
    row = scheme_for(request.user, pk)
    rounds = list(rounds_to_replay(row).select_related("cohort__framework"))
    chosen = next((each for each in rounds if str(each.pk) == request.GET.get("round")), rounds[0] if rounds else None)
    found = replayed(chosen, row) if chosen else None
    return render(
        request, "assessments/replay.html", {"scheme": row, "rounds": rounds, "chosen": chosen, "replay": found}
    )
