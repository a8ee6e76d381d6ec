from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.training.access import APPRENTICES, EDITORS, READERS, session_for
from cohorts.training.actions.attendance import ask_leave, make_up, settle, state_attendance
from cohorts.training.choices import AttendanceState, MarkSource
from cohorts.training.door import KEEPERS, attendance_for, session_to_keep
from cohorts.training.forms.attendance import AskForm, MakeUpForm, SettleForm
from cohorts.training.forms.statements import source_asked, statements
from cohorts.training.models import AttendanceMark
from cohorts.training.queries import own_row
from cohorts.training.queries.attendance import could_make_up, list_of, tally
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.versions import acted

from .common import may_edit

BY_SCRIPT = "X-Studio-Outbox"


@page(KEEPERS)
def attendance(request, pk):
    """The list of one session. ?source=paper enters the printed sheet, beside what was written down before."""
    session = session_to_keep(request.user, pk)
    listed = list_of(session)
    source = source_asked(request.POST if request.method == "POST" else request.GET)
    error = ""
    if request.method == "POST":
        try:
            new = state_attendance(
                by=request.user, session=session, stated=statements(request.POST, listed), source=source
            )
        except Refused as refused:
            error = str(refused.message)
        else:
            return taken(request, session, new)
        if request.headers.get(BY_SCRIPT):
            return JsonResponse(
                {"heading": error, "errors": [{"message": error, "field": "", "label": ""}]}, status=422
            )
    shown = [shown_row(each, source, request.POST, marks) for each, marks in with_marks(session, listed, source)]
    context = {
        "session": session, "rows": shown, "tally": tally(listed), "source": source, "error": error,
        "paper": source == MarkSource.PAPER, "edits": may_edit(request, session.studio),
    }  # fmt: skip
    return render(request, "training/attendance.html", context, status=422 if error else 200)


def taken(request, session, new: int):
    words = ngettext("记好了%(n)s名。", "记好了%(n)s名。", new) % {"n": new} if new else _("和先前一样，没有新记的。")
    address = reverse("training:attendance", args=[session.pk])
    if request.headers.get(BY_SCRIPT):
        return JsonResponse({"url": address, "name": str(session)})
    messages.success(request, words)
    return redirect(address)


def with_marks(session, listed, source):
    """Each row with what this source said last: (state, reason)."""
    marks = AttendanceMark.objects.filter(attendance__session=session, source=source).order_by("place")
    last = {mark[0]: mark[1:] for mark in marks.values_list("attendance__mentee", "state", "reason")}
    return [(each, last.get(each.mentee.pk, ("", ""))) for each in listed]


def shown_row(each, source, data, own) -> dict:
    """The list begins with what is known; a sheet of paper says only what stands on it."""
    if source == MarkSource.LIST and each.row:
        own = (each.row.state, each.row.reason)
    key = each.mentee.pk
    return {
        "key": str(key), "mentee": each.mentee, "row": each.row, "was": own[0], "why": own[1],
        "state": data.get(f"state-{key}", own[0]), "reason": data.get(f"reason-{key}", own[1]),
        "choices": AttendanceState.choices,
    }  # fmt: skip


@page(KEEPERS)
def sheet(request, pk):
    """The sign-in sheet to print."""
    session = session_to_keep(request.user, pk)
    listed = list_of(session)
    return render(request, "training/attendance_sheet.html", {"session": session, "rows": listed, "blank": range(3)})


@page(APPRENTICES)
def ask(request, pk):
    session = session_for(request.user, pk)
    mentee = own_row(request.user, session)
    form = AskForm(sent(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"session": session, "mentee": mentee}
        if mentee is None:
            form.add_error(None, _("您不在这次培训的应到名单上，不用请假。"))
        elif acted(form, ask_leave, by=request.user, **facts):
            messages.success(request, _("说好了，专员看得到。"))
            return redirect("training:session", pk=session.pk)
    return render(request, "training/attendance_ask.html", {"session": session, "form": form, "mentee": mentee})


@page(READERS)
def attended(request, pk):
    """One person at one session: every word that was said, and what counts."""
    row = attendance_for(request.user, pk)
    context = {"row": row, "marks": row.marks.select_related("by"), "edits": may_edit(request, row.studio)}
    return render(request, "training/attended.html", context)


@page(EDITORS)
def settled(request, pk):
    row = attendance_for(request.user, pk, Permission.TRAINING_EDIT)
    form = SettleForm(sent(request), initial={"version": row.version, "state": row.state})
    if request.method == "POST" and form.is_valid():
        if acted(form, settle, by=request.user, attendance=row, **form.cleaned_data):
            messages.success(request, _("定好了，原来的两种说法都留着。"))
            return redirect("training:attended", pk=row.pk)
        row.refresh_from_db()
    context = {"row": row, "marks": row.marks.select_related("by"), "form": form, "heading": _("核定出勤")}
    return render(request, "training/attendance_settle.html", context)


@page(EDITORS)
def made_up(request, pk):
    row = attendance_for(request.user, pk, Permission.TRAINING_EDIT)
    form = MakeUpForm(sent(request), could=could_make_up(row), initial={"version": row.version})
    valid = request.method == "POST" and form.is_valid()
    if valid and acted(form, make_up, by=request.user, attendance=row, **form.cleaned_data):
        messages.success(request, _("补课记好了，学时算一次。"))
        return redirect("training:attended", pk=row.pk)
    context = {"row": row, "marks": row.marks.select_related("by"), "form": form, "heading": _("记补课")}
    return render(request, "training/attendance_settle.html", context)
