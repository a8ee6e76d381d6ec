"""The figures of the clinic, and its register as a table."""

from collections import Counter
from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.access import VIEWERS
from cohorts.clinic.choices import CaseState, Category, Check, Level, NoteKind, Outcome, Urgency
from cohorts.clinic.exports import cases_of, cases_xlsx
from cohorts.clinic.filters import CaseFilter
from cohorts.clinic.filters_figures import FigureFilter
from cohorts.clinic.models import Case
from cohorts.clinic.queries.figures import Figures, figures_of
from mentorship.accounts.access import StepUp, page
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.spreadsheets import XLSX

LISTED = ("cohort", "since", "until")  # what the list of cases is asked for too


@page(VIEWERS, lagging=True)
def figures(request):
    """?cohort=, ?since=, ?until=. A condition that can't be read shows its error and no figures."""
    found = FigureFilter(request.GET, queryset=Case.objects.filter(studio=request.studio).sent(), request=request)
    context = {"filter": found, "today": request.studio.today(), "asked": {}}
    if found.form.is_valid():
        counted = figures_of(request.studio, found.qs, whole=found.is_whole)
        context |= shown(counted, asked_for(request), request.user.can(Permission.CLINIC_EDIT, request.studio))
        context["asked"] = {name: value for name, value in found.form.cleaned_data.items() if value}
    return render(request, "clinic/figures.html", context)


def asked_for(request) -> dict[str, str]:
    return {name: request.GET[name] for name in LISTED if request.GET.get(name)}


def shown(counted: Figures, asked: dict[str, str], sees_all: bool) -> dict:
    """Every row with the address of the cases that it counts; a kind of which the reader sees no case has none."""

    def listed(**more) -> str:
        query = urlencode(asked | more)
        return reverse("clinic:cases") + (f"?{query}" if query else "")

    found = counted.measured
    states = [choice for choice in CaseState.choices if choice[0] != CaseState.DRAFT]
    return {
        "counted": counted,
        "found": found,
        "all_cases": listed(),
        "period": f"?{urlencode(asked)}" if asked else "",
        "closed_cases": listed(state=CaseState.CLOSED),
        "escalated_cases": listed(state=CaseState.ESCALATED),
        "strips": [
            (Category(each.category).label, each, listed(category=each.category) if sees_all or each.open else "")
            for each in found.strips
        ],
        "states": counts_of(found.by_state, states, listed, "state"),
        "urgencies": counts_of(found.by_urgency, Urgency.choices, listed, "urgency"),
        "levels": counts_of(found.by_level, Level.choices),
        "unsaid": found.by_level[""],
        "outcomes": counts_of(found.by_outcome, Outcome.choices),
        "places": [(place, listed(street=place.subdistrict.pk)) for place in counted.places],
        "checks": [
            (NoteKind(kind).label, [(label, found.checks.get(kind, Counter())[code]) for code, label in Check.choices])
            for kind in NoteKind.checks()
        ],
    }


def counts_of(counts: Counter, choices, listed=None, name: str = "") -> list[tuple]:
    """(label, count, address or "") in the order of the choices."""
    return [(label, counts[code], listed(**{name: code}) if listed else "") for code, label in choices]


@page(VIEWERS, step_up=StepUp.OPEN, lagging=True)
def export(request):
    """What the list of cases shows, but for what never leaves the house."""
    rows = Case.objects.visible_to(request.user).filter(studio=request.studio)
    found = CaseFilter(request.GET, queryset=rows.sent(), request=request)
    if not found.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect(f"{reverse('clinic:cases')}?{request.GET.urlencode()}")
    cases = list(cases_of(found.qs))
    record(by=request.user, verb="cases.exported", on=request.studio, studio=request.studio, after={"rows": len(cases)})
    response = HttpResponse(cases_xlsx(cases), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('会诊单'))}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
