from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.views.common import sent
from evaluations.visits import actions
from evaluations.visits.access import (
    EDITORS,
    MENDERS,
    READERS,
    WRITERS,
    extension_for,
    finding_for,
    may_decide,
    may_mend,
    may_record,
    may_report,
    may_verify,
    visit_to_record,
)
from evaluations.visits.choices import ExtensionState, FindingState, PhotoKind, VisitState
from evaluations.visits.filters import FindingFilter
from evaluations.visits.forms import CheckForm, DecideForm, ExtensionForm, FindingForm, ReportForm
from evaluations.visits.forms.findings import CLOSE, DONE, GRANT
from evaluations.visits.models import Finding, FindingPhoto
from evaluations.visits.queries.rules import latest_extension
from mentorship.accounts.access import page
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.common.private_files import private_response
from mentorship.common.versions import acted

from .common import sees_all

PER_PAGE = 30
VIEWS = ("open", "reported", "overdue", "closed", "all")


@page(READERS)
def findings(request):
    """The register: what is open; ?when=reported, overdue, closed or all. A filter looks through everything."""
    rows = Finding.objects.visible_to(request.user).followed().filter(studio=request.studio)
    found = FindingFilter(request.GET, queryset=rows)
    filtered = any(request.GET.get(name) for name in found.filters)
    asked = request.GET.get("when", "")
    when = asked if asked in VIEWS else "all" if filtered else "open"
    shown = page_of(request, chosen(found.qs.for_lists(), when, request.studio), PER_PAGE)
    count = shown.paginator.count
    context = {
        "filter": found,
        "page": shown,
        "filtered": filtered,
        "when": when,
        "count_text": ngettext("%(n)s条", "%(n)s条", count) % {"n": count},
        "sees_all": sees_all(request),
    }
    return render(request, "visits/findings.html", context)


def chosen(rows, when: str, studio):
    if when == "reported":
        return rows.to_verify().order_by("reported_on", "pk")
    if when == "overdue":
        return rows.overdue(studio.today()).order_by("due", "pk") if studio else rows.none()
    if when == "closed":
        return rows.filter(status=FindingState.CLOSED).order_by("-verified_on", "pk")
    return rows.unclosed().order_by("due", "pk") if when == "open" else rows.order_by("-found_on", "visit", "number")


@page(READERS)
def finding(request, pk):
    row = finding_for(request.user, pk)
    user, visit = request.user, row.visit
    waiting = (
        row.extensions.filter(state=ExtensionState.ASKED).select_related("finding__visit__mentee__secretary").first()
    )
    photos = list(row.photos.all())
    reports = may_report(user, row)
    context = {
        "finding": row,
        "visit": visit,
        "before": [photo for photo in photos if photo.kind == PhotoKind.FOUND],
        "after": [photo for photo in photos if photo.kind == PhotoKind.MENDED],
        "steps": row.steps.select_related("by"),
        "waiting": waiting,
        "extensions": row.extensions.all(),
        "may_change": visit.state == VisitState.RECORDED and may_record(user, visit),
        "may_report": reports,
        "may_ask": reports and waiting is None and row.studio.today() <= row.due,
        "may_check": may_verify(user, row),
        "may_decide": bool(waiting) and may_decide(user, waiting),
        "sees_all": sees_all(request),
    }
    return render(request, "visits/finding.html", context)


@page(READERS)
def photo(request, pk):
    picture = get_object_or_404(FindingPhoto.objects.visible_to(request.user), pk=pk)
    return private_response(picture.image, content_type="image/jpeg", filename=f"{pk}.jpg")


@page(WRITERS)
def add(request, pk):
    """`pk` is the visit; strengths are written before this page opens."""
    visit = visit_to_record(request.user, pk)
    if visit.state == VisitState.PLANNED:
        return redirect("visits:record", pk)
    if visit.state != VisitState.RECORDED:
        raise Http404
    form = FindingForm(sent(request), request.FILES or None, visit=visit)
    valid = form.is_bound and form.is_valid()
    if valid and acted(form, actions.add_finding, by=request.user, visit=visit, **form.cleaned_data):
        messages.success(request, _("记下一条。还有就接着写，没有就可以签字。"))
        return redirect("visits:visit", pk)
    return render(request, "visits/finding_form.html", {"form": form, "visit": visit, "lost": bool(request.FILES)})


def finding_to_change(user, pk) -> Finding:
    row = finding_for(user, pk)
    if not may_record(user, row.visit):
        raise PermissionDenied
    return row


@page(WRITERS)
def change(request, pk):
    row = finding_to_change(request.user, pk)
    if row.visit.state != VisitState.RECORDED:
        raise Http404
    form = FindingForm(sent(request), request.FILES or None, visit=row.visit, finding=row)
    valid = form.is_bound and form.is_valid()
    if valid and acted(form, actions.change_finding, by=request.user, finding=row, **form.cleaned_data):
        messages.success(request, _("改好了。"))
        return redirect("visits:visit", row.visit_id)
    context = {"form": form, "visit": row.visit, "finding": row, "lost": bool(request.FILES)}
    return render(request, "visits/finding_form.html", context)


@page(WRITERS)
@require_POST
def remove(request, pk):
    row = finding_to_change(request.user, pk)
    visit = row.visit_id
    try:
        actions.remove_finding(by=request.user, finding=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("去掉了这一条。"))
    return redirect("visits:visit", visit)


@page(MENDERS)
def report(request, pk):
    """How far it is, or that it is mended."""
    row = finding_for(request.user, pk)
    if not may_mend(request.user, row):
        raise PermissionDenied
    if request.method == "GET" and not may_report(request.user, row):
        return redirect("visits:finding", pk)
    form = ReportForm(sent(request), request.FILES or None, initial={"how": DONE})
    if form.is_bound and form.is_valid():
        facts = dict(form.cleaned_data)
        done = facts.pop("how") == DONE
        act = actions.report_done if done else actions.note_progress
        if acted(form, act, by=request.user, finding=row, **facts):
            messages.success(request, _("报上去了，等人来看。") if done else _("记下了进展。"))
            return redirect("visits:finding", pk)
    context = {"form": form, "finding": row, "visit": row.visit, "lost": bool(request.FILES)}
    return render(request, "visits/report.html", context)


@page(WRITERS)
def check(request, pk):
    """Seen by another: closed out, or sent back."""
    row = finding_for(request.user, pk)
    if not may_record(request.user, row.visit):
        raise PermissionDenied
    if row.status != FindingState.REPORTED:
        return redirect("visits:finding", pk)
    if not may_verify(request.user, row):
        raise PermissionDenied
    form = CheckForm(sent(request))
    if form.is_bound and form.is_valid():
        close = form.cleaned_data["how"] == CLOSE
        act = actions.close_finding if close else actions.send_back
        if acted(form, act, by=request.user, finding=row, text=form.cleaned_data["text"]):
            messages.success(request, _("销号了。") if close else _("退回去了，写的话对方看得到。"))
            return redirect("visits:finding", pk)
    context = {
        "form": form,
        "finding": row,
        "visit": row.visit,
        "step": row.steps.filter(kind="reported").select_related("by").last(),
        "after": row.photos.filter(kind=PhotoKind.MENDED),
        "before": row.photos.filter(kind=PhotoKind.FOUND),
    }
    return render(request, "visits/check.html", context)


@page(MENDERS)
def extend(request, pk):
    row = finding_for(request.user, pk)
    if not may_mend(request.user, row):
        raise PermissionDenied
    if request.method == "GET" and not may_report(request.user, row):
        return redirect("visits:finding", pk)
    if request.method == "GET" and row.studio.today() > row.due:
        messages.info(request, _("期限已经过了，不能再申请延期。先报进展，和工作室说一声。"))
        return redirect("visits:finding", pk)
    form = ExtensionForm(sent(request))
    valid = form.is_bound and form.is_valid()
    if valid and acted(form, actions.ask_extension, by=request.user, finding=row, **form.cleaned_data):
        messages.success(request, _("申请好了，等工作室答复。"))
        return redirect("visits:finding", pk)
    context = {"form": form, "finding": row, "visit": row.visit, "latest": latest_or_none(row)}
    return render(request, "visits/extend.html", context)


def latest_or_none(row: Finding):
    try:
        return latest_extension(row)
    except Refused:
        return None


@page(EDITORS)
def decide(request, pk):
    """`pk` is the extension."""
    row = extension_for(request.user, pk)
    if row.state != ExtensionState.ASKED:
        return redirect("visits:finding", row.finding_id)
    if not may_decide(request.user, row):
        raise PermissionDenied
    form = DecideForm(sent(request))
    if form.is_bound and form.is_valid():
        granted = form.cleaned_data["how"] == GRANT
        act = actions.grant_extension if granted else actions.decline_extension
        if acted(form, act, by=request.user, extension=row, answer=form.cleaned_data["answer"]):
            messages.success(request, _("答复了，对方会收到消息。"))
            return redirect("visits:finding", row.finding_id)
    return render(request, "visits/decide.html", {"form": form, "extension": row, "finding": row.finding})
