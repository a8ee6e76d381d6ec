from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.access import mentee_for
from cohorts.views.common import sent
from evaluations.logs import actions
from evaluations.logs.access import MENTEES, READERS, WRITERS, homework_for, may_mark, may_write_own
from evaluations.logs.choices import HomeworkState
from evaluations.logs.filters import HomeworkFilter
from evaluations.logs.forms.practice import HandInForm, MarkForm, SetForm, WaiveForm
from evaluations.logs.models import Homework, HomeworkFile
from evaluations.logs.queries.practice import all_taught, log_seen, taught_by, where_we_stopped
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.documents import TYPES, ending_of
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.private_files import private_response

from .logs import PER_PAGE, done
from .reflections import seen_both, settled


@page(READERS)
def homeworks(request):
    rows = Homework.objects.visible_to(request.user).filter(studio=request.studio)
    found = HomeworkFilter(request.GET, queryset=rows, request=request)
    ordered = found.qs.for_lists()
    if request.studio:
        ordered = ordered.late_first(request.studio.today())
    shown = page_of(request, ordered, PER_PAGE)
    count = shown.paginator.count
    context = {
        "filter": found,
        "page": shown,
        "filtered": any(request.GET.get(name) for name in found.filters),
        "count_text": ngettext("%(n)s份", "%(n)s份", count) % {"n": count},
        "may_set": people_to_set(request).exists(),
    }
    return render(request, "logs/homework_list.html", context)


def people_to_set(request):
    """Whom this reader may give homework: their own apprentices, or for those who enter for mentors everyone."""
    if request.user.can(Permission.LOG_EDIT, request.studio):
        return all_taught(request.studio)
    return taught_by(request.user, request.studio)


@page(READERS)
def homework(request, pk):
    row = homework_for(request.user, pk)
    own, marks = may_write_own(request.user, row.mentee), may_mark(request.user, row)
    context = {
        "homework": row,
        "files": list(row.files.all()),
        "log": log_seen(request.user, row),
        "own": own,
        "may_hand_in": own and row.state in HomeworkState.changing(),
        "may_mark": marks and row.state == HomeworkState.HANDED_IN,
        "may_waive": marks and row.state == HomeworkState.OPEN,
    }
    return render(request, "logs/homework_page.html", context)


@page(READERS)
def homework_file(request, pk):
    """A photograph is shown, a document only downloaded."""
    row = get_object_or_404(HomeworkFile.objects.visible_to(request.user), pk=pk)
    if row.is_picture:
        return private_response(row.file, content_type="image/jpeg", filename=row.name)
    return private_response(row.file, content_type=TYPES[ending_of(row.file.name)], filename=row.name, inline=False)


@page(WRITERS)
def homework_set(request):
    """?mentee= presets one."""
    form = SetForm(sent(request), mentees=people_to_set(request), initial={"mentees": [request.GET.get("mentee", "")]})
    if form.is_bound and form.is_valid():
        made = done(form, actions.set_homework, by=request.user, **form.cleaned_data)
        if made:
            count = len(made)
            messages.success(request, ngettext("布置给%(n)s名徒弟了。", "布置给%(n)s名徒弟了。", count) % {"n": count})
            return redirect("logs:homework", made[0].pk) if count == 1 else redirect("logs:homeworks")
    return render(request, "logs/homework_set.html", {"form": form, "people": people_to_set(request)})


@page(MENTEES)
def homework_hand_in(request, pk):
    row = homework_for(request.user, pk)
    if not may_write_own(request.user, row.mentee):
        raise PermissionDenied
    if request.method == "GET" and row.state not in HomeworkState.changing():
        return settled(request, "logs:homework", row)
    initial = {"version": row.version, "answer": row.answer}
    form = HandInForm(sent(request), request.FILES or None, homework=row, initial=initial)
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            actions.hand_in_homework(by=request.user, homework=row, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
            row = homework_for(request.user, pk)
            conflict = isinstance(refused, actions.Stale)
            if conflict:
                seen_both(form, row)
        else:
            messages.success(request, _("交给师傅了。"))
            return redirect("logs:homework", row.pk)
    context = {"homework": row, "form": form, "conflict": conflict, "lost_files": bool(request.FILES)}
    return render(request, "logs/homework_hand_in.html", context)


@page(WRITERS)
def homework_answer(request, pk):
    row = homework_for(request.user, pk)
    if not may_mark(request.user, row):
        raise PermissionDenied
    if request.method == "GET" and row.state != HomeworkState.HANDED_IN:
        return settled(request, "logs:homework", row)
    form = MarkForm(sent(request), initial={"version": row.version})
    if form.is_bound and form.is_valid():
        try:
            actions.answer_homework(by=request.user, homework=row, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
            row = homework_for(request.user, pk)
            seen_both(form, row)
        else:
            messages.success(request, _("批好了，徒弟会收到消息。"))
            return redirect("logs:homework", row.pk)
    context = {"homework": row, "files": list(row.files.all()), "form": form, "log": log_seen(request.user, row)}
    return render(request, "logs/homework_answer.html", context)


@page(WRITERS)
def homework_waive(request, pk):
    row = homework_for(request.user, pk)
    if not may_mark(request.user, row):
        raise PermissionDenied
    if request.method == "GET" and row.state != HomeworkState.OPEN:
        return settled(request, "logs:homework", row)
    form = WaiveForm(sent(request))
    valid = form.is_bound and form.is_valid()
    if valid and done(form, actions.waive_homework, by=request.user, homework=row, **form.cleaned_data):
        messages.success(request, _("不用交了，徒弟会收到消息。"))
        return redirect("logs:homework", row.pk)
    return render(request, "logs/homework_waive.html", {"homework": row, "form": form})


@page(READERS)
def where(request, pk):
    """`pk` is the mentee: 上次说到哪了, on one sheet for the eve of a visit."""
    mentee = mentee_for(request.user, pk)
    teaches = taught_by(request.user, request.studio).filter(pk=pk).exists()
    stop = where_we_stopped(request.user, mentee, mentee.studio.today())
    return render(request, "logs/where.html", {"mentee": mentee, "stop": stop, "teaches": teaches})
