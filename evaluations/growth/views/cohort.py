from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.access import cohort_for
from cohorts.models import Mentee
from evaluations.growth.access import COMPARERS
from evaluations.growth.exports import comparison_xlsx, report_docx_of
from evaluations.growth.filters import ComparisonFilter
from evaluations.growth.queries.comparison import Listed, subjects_of
from evaluations.growth.queries.report import report_of
from mentorship.accounts.access import StepUp, page
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.paging import page_of
from mentorship.common.spreadsheets import XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PER_PAGE = 30


def comparison(request, cohort):
    people = Mentee.objects.filter(cohort=cohort).in_training().with_mentor_now().for_lists()
    found = ComparisonFilter(request.GET, queryset=people, cohort=cohort)
    rows = Listed(found.qs, subjects_of(cohort), cohort.studio.today(), found.chosen_order)
    return found, rows


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page(COMPARERS, lagging=True)
def cohort(request, pk):
    row = cohort_for(request.user, pk, Permission.RATING_VIEW)
    found, rows = comparison(request, row)
    shown = page_of(request, rows, PER_PAGE)
    context = {
        "cohort": row,
        "filter": found,
        "page": shown,
        "subjects": rows.subjects,
        "filtered": any(request.GET.get(name) for name in found.filters),
        "count_text": ngettext("%(n)s名", "%(n)s名", len(rows)) % {"n": len(rows)},
    }
    return render(request, "growth/cohort.html", context)


@page(COMPARERS, step_up=StepUp.OPEN, lagging=True)
def cohort_export(request, pk):
    row = cohort_for(request.user, pk, Permission.RATING_VIEW)
    found, rows = comparison(request, row)
    if not found.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect(f"{reverse('growth:cohort', args=[row.pk])}?{request.GET.urlencode()}")
    content = comparison_xlsx(row, subjects_of(row), rows[:])
    record(by=request.user, verb="growth.exported", on=row, studio=row.studio, after={"rows": len(rows)})
    return download(content, XLSX, f"{_('成长比较')}.xlsx")


@page(COMPARERS, lagging=True)
def report(request, pk):
    row = cohort_for(request.user, pk, Permission.RATING_VIEW)
    found = report_of(row, row.studio.today())
    return render(request, "growth/report.html", {"report": found, "cohort": row, "back_url": back_to(row)})


@page(COMPARERS, step_up=StepUp.OPEN, lagging=True)
def report_docx(request, pk):
    row = cohort_for(request.user, pk, Permission.RATING_VIEW)
    content = report_docx_of(report_of(row, row.studio.today()), request.build_absolute_uri("/").rstrip("/"))
    record(by=request.user, verb="growth.exported", on=row, studio=row.studio, after={"report": "docx"})
    return download(content, DOCX, f"{_('年度分析报告')}.docx")


def back_to(cohort) -> str:
    return reverse("growth:cohort", args=[cohort.pk])
