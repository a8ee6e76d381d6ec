from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.choices import MenteeStatus, Stage
from cohorts.models import Mentee, begun_first
from cohorts.views.common import sent
from evaluations.visits import actions
from evaluations.visits.access import (
    EDITORS,
    EXPORTERS,
    MENTEES,
    READERS,
    WRITERS,
    is_about,
    may_record,
    may_sign,
    may_state,
    visit_for,
    visit_to_record,
)
from evaluations.visits.choices import FindingState, Overall, Severity, VisitState
from evaluations.visits.exports import looked_at, visits_xlsx
from evaluations.visits.filters import VisitFilter
from evaluations.visits.forms import CancelForm, PlanForm, RecordForm, StatementForm
from evaluations.visits.models import LOOKED_AT, Finding, Visit
from evaluations.visits.queries.rules import days_for, may_go
from mentorship.accounts.access import StepUp, page
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record as audit
from mentorship.common.asked import uuid_or_none
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.qr import qr_of
from mentorship.common.spreadsheets import XLSX
from mentorship.common.versions import acted

from .common import may_edit, sees_all

PER_PAGE = 30
PAPER_LINES, PAPER_FINDINGS = 2, 3  # what fits on one page


def filtered(request) -> VisitFilter:
    rows = Visit.objects.visible_to(request.user).filter(studio=request.studio)
    return VisitFilter(request.GET, queryset=rows)


@page(READERS)
def visits(request):
    found = filtered(request)
    left = Count("findings", filter=~Q(findings__status=FindingState.CLOSED))
    listed = found.qs.for_lists().annotate(found=Count("findings"), left=left).order_by("-date", "-number")
    rows = page_of(request, listed, PER_PAGE)
    count = rows.paginator.count
    context = {
        "filter": found,
        "page": rows,
        "filtered": any(request.GET.get(name) for name in found.filters),
        "count_text": ngettext("%(n)s次督训", "%(n)s次督训", count) % {"n": count},
        "may_plan": may_edit(request),
        "may_export": sees_all(request),
    }
    return render(request, "visits/visits.html", context)


@page(EXPORTERS, step_up=StepUp.OPEN, lagging=True)
def export(request):
    found = filtered(request)
    if not found.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect(f"{reverse('visits:visits')}?{request.GET.urlencode()}")
    rows = found.qs
    content = visits_xlsx(rows)
    told = {"rows": rows.count(), **found.in_words()}
    audit(by=request.user, verb="visit.exported", on=request.studio, studio=request.studio, after=told)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('督训记录'))}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page(READERS)
def visit(request, pk):
    row = visit_for(request.user, pk)
    records = may_record(request.user, row)
    context = {
        "visit": row,
        "findings": row.findings.select_related("owner", "studio")
        .annotate(pictures=Count("photos"))
        .order_by("number"),
        "looked_at": looked_at(row),
        "own": is_about(request.user, row),
        "may_record": records and row.is_open and row.date <= row.studio.today(),
        "may_add": records and row.state == VisitState.RECORDED,
        "may_sign": may_sign(request.user, row),
        "may_state": may_state(request.user, row),
        "may_change": row.is_open
        and request.user.can(Permission.VISIT_EDIT, row.studio_id)
        and not is_about(request.user, row),
        "records": records,
        "sees_all": request.user.can(Permission.VISIT_VIEW, row.studio_id),
    }
    return render(request, "visits/visit.html", context)


def mentees_to_see(studio):
    """Those in training in a cohort at work."""
    rows = Mentee.objects.filter(
        studio=studio, cohort__stage__in=Stage.with_pairs(), status__in=MenteeStatus.in_training()
    )
    return rows.for_lists().order_by(*begun_first(studio), "secretary__sort_key", "id")


@page(EDITORS)
def plan(request):
    """?mentee= presets one."""
    mentees = mentees_to_see(request.studio)
    first = {"mentee": uuid_or_none(request.GET.get("mentee")), "team": [request.user.pk]}
    form = PlanForm(sent(request), mentees=mentees, people=may_go(request.studio), initial=first)
    if form.is_bound and form.is_valid():
        made = acted(form, actions.plan_visit, by=request.user, **form.facts())
        if made:
            messages.success(request, _("安排好了。"))
            return redirect("visits:visit", made.pk)
    return render(request, "visits/plan.html", {"form": form, "none": not mentees.exists()})


@page(EDITORS)
def change(request, pk):
    row = visit_for(request.user, pk, Permission.VISIT_EDIT)
    if not row.is_open:
        raise Http404
    form = PlanForm(sent(request), mentees=Mentee.objects.none(), people=may_go(row.studio), visit=row)
    if form.is_bound and form.is_valid() and saved(form, actions.change_visit, request, row):
        messages.success(request, _("改好了。"))
        return redirect("visits:visit", pk)
    return render(request, "visits/plan.html", {"form": form, "visit": row})


def saved(form, act, request, row) -> bool:
    """Whether it was saved; having seen that someone else wrote meanwhile, the reader may send again."""
    try:
        act(by=request.user, visit=row, **form.facts())
    except Refused as refused:
        add_refusal(form, refused)
        if isinstance(refused, actions.Stale):
            form.data = form.data.copy()
            form.data["version"] = row.version
        return False
    return True


@page(WRITERS)
def record(request, pk):
    """The form of the day itself, made for a phone."""
    row = visit_to_record(request.user, pk)
    if not row.is_open:
        raise Http404
    form = RecordForm(sent(request), visit=row)
    if form.is_bound and form.is_valid() and saved(form, actions.record_visit, request, row):
        messages.success(request, _("亮点和总体记下了。有要改的一条一条写，没有就可以签字。"))
        return redirect("visits:visit", pk)
    return render(request, "visits/record.html", {"form": form, "visit": row})


@page(WRITERS)
@require_POST
def sign(request, pk):
    row = visit_to_record(request.user, pk)
    try:
        actions.sign_visit(by=request.user, visit=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("签好了，学员和师傅都会收到消息。"))
    return redirect("visits:visit", pk)


@page(EDITORS)
def cancel(request, pk):
    row = visit_for(request.user, pk, Permission.VISIT_EDIT)
    if row.state != VisitState.PLANNED:
        raise Http404
    form = CancelForm(sent(request))
    if (
        form.is_bound
        and form.is_valid()
        and acted(form, actions.cancel_visit, by=request.user, visit=row, **form.cleaned_data)
    ):
        messages.success(request, _("取消了。"))
        return redirect("visits:visit", pk)
    return render(request, "visits/cancel.html", {"form": form, "visit": row})


@page(MENTEES)
def statement(request, pk):
    row = visit_for(request.user, pk)
    if not may_state(request.user, row):
        raise PermissionDenied
    form = StatementForm(sent(request), initial={"text": row.mentee_statement})
    valid = form.is_bound and form.is_valid()
    if valid and acted(form, actions.state_own_words, by=request.user, visit=row, **form.cleaned_data):
        messages.success(request, _("记下了，同去的人会收到消息。"))
        return redirect("visits:visit", pk)
    return render(request, "visits/statement.html", {"form": form, "visit": row})


@page(WRITERS)
def paper(request, pk):
    """A sheet to take along and write on by hand; its QR opens the form."""
    row = visit_to_record(request.user, pk)
    levels = [(level.label, days_for(row.cohort, level)) for level in Severity]
    context = {
        "visit": row,
        "looked_at": [Visit._meta.get_field(name).verbose_name for name in LOOKED_AT],
        "overall": Overall.labels,
        "levels": levels,
        "lines": range(PAPER_LINES),
        "findings": range(PAPER_FINDINGS),
        "qr": qr_of(reverse("visits:record", args=[pk])),
        "back_url": reverse("visits:visit", args=[pk]),
    }
    return render(request, "visits/paper.html", context)


@page(MENTEES)
def mine(request):
    """The apprentice's own: what is to be mended first, then the visits."""
    rows = Visit.objects.visible_to(request.user).filter(studio=request.studio, mentee__secretary__user=request.user.pk)
    mending = Finding.objects.unclosed().filter(visit__in=rows.values("pk")) | Finding.objects.unclosed().filter(
        owner__user=request.user.pk, studio=request.studio
    )
    context = {
        "visits": rows.for_lists().annotate(found=Count("findings")).order_by("-date", "-number"),
        "findings": mending.distinct().for_lists().order_by("due", "number"),
    }
    return render(request, "visits/mine.html", context)
