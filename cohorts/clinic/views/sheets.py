"""The list of cases, and the sheet on paper."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from cohorts.clinic.access import CASE_READERS, READERS, case_for, may_read_whole
from cohorts.clinic.choices import CaseState, Level, Urgency
from cohorts.clinic.filters import CaseFilter
from cohorts.clinic.models import Case, Opinion
from cohorts.clinic.queries.sheets import near_to, taxonomy_shown
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_none
from mentorship.common.paging import page_of
from mentorship.common.qr import qr_of

from .helping import may_present

PER_PAGE = 20
NEWEST = ("-stirred_at", "-number", "id")
LINES = {"background": 3, "already_tried": 2, "stuck_at": 1, "opinion": 2}  # with the voices, one A4 page
VOICES, VOICES_ON_BLANK = 3, 2


@page(CASE_READERS)
def cases(request):
    """?done= a draft that this device may forget: it was sent, thrown away or not needed."""
    rows = Case.objects.visible_to(request.user).filter(studio=request.studio)
    found = CaseFilter(request.GET, queryset=rows.sent(), request=request)
    own = Q(presenter__user=request.user.pk) | Q(filed_by=request.user.pk)
    shown = page_of(request, found.qs.for_lists().order_by(*NEWEST), PER_PAGE)
    count = shown.paginator.count
    context = {
        "filter": found, "page": shown, "near": near_to(request.user, request.studio, shown),
        "filtered": any(request.GET.get(name) for name in found.filters),
        "drafts": rows.filter(own, state=CaseState.DRAFT).for_lists().order_by(*NEWEST),
        "count_text": ngettext("%(n)s例", "%(n)s例", count) % {"n": count},
        "may_present": may_present(request),
        "counts": bool(request.studio) and request.user.can(Permission.CLINIC_VIEW, request.studio),
        "days": READERS.allows(request.user, request.studio),
        "edits": bool(request.studio) and request.user.can(Permission.CLINIC_EDIT, request.studio),
        "done": uuid_or_none(request.GET.get("done")),
    }  # fmt: skip
    return render(request, "clinic/cases.html", context)


@page(CASE_READERS)
def paper(request, pk):
    """One sheet; lines to write opinions on while they are not open."""
    case = case_for(request.user, pk)
    here = reverse("clinic:case", args=[pk])
    opinions = Opinion.objects.visible_to(request.user).released().filter(case=case).for_lists()
    near = not case.is_closed or may_read_whole(request.user, case)
    context = paper_of(
        case=case, near=near, opinions=opinions, qr=qr_of(request.build_absolute_uri(here)), back_url=here
    )
    return render(request, "clinic/paper.html", context)


@page(CASE_READERS)
def blank(request):
    """A sheet to fill in by hand, with all kinds of problems to tick."""
    context = paper_of(taxonomy=taxonomy_shown(), voices=range(VOICES_ON_BLANK), back_url=reverse("clinic:cases"))
    return render(request, "clinic/paper.html", context)


def paper_of(**facts) -> dict:
    lines = {name: range(count) for name, count in LINES.items()}
    return {"lines": lines, "voices": range(VOICES), "levels": Level.labels, "urgencies": Urgency.labels, **facts}
