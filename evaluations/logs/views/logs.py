from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.access import mentor_for
from cohorts.views.common import sent
from evaluations.logs import actions
from evaluations.logs.access import (
    EXPORTERS,
    MENTEES,
    MENTORS,
    OFFICERS,
    READERS,
    WRITERS,
    is_theirs,
    log_for,
    log_to_change,
    may_change,
)
from evaluations.logs.choices import LogKind, PhotoKind
from evaluations.logs.exports import logs_xlsx
from evaluations.logs.filters import LogFilter
from evaluations.logs.forms import CorrectForm, LogForm, OwnWordsForm, SessionForm, TranscribeForm, VoidForm
from evaluations.logs.models import LogPhoto, TeachingLog
from evaluations.logs.queries import apprentices_of, attendable, mentor_row_of
from mentorship.accounts.access import StepUp, page, require
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.asked import uuid_or_none
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.private_files import private_response
from mentorship.common.spreadsheets import XLSX

from . import drafts

PER_PAGE = 30


def done(form, act, **facts):
    """What the action returns; None when it refused, with the reason in the form and nothing typed lost."""
    try:
        return act(**facts)
    except Refused as refused:
        add_refusal(form, refused)
        return None


def filtered(request) -> LogFilter:
    rows = TeachingLog.objects.visible_to(request.user).standing().filter(studio=request.studio)
    return LogFilter(request.GET, queryset=rows, request=request)


@page(READERS)
def logs(request):
    found = filtered(request)
    rows = page_of(request, found.qs.for_lists(), PER_PAGE)
    count = rows.paginator.count
    return render(
        request,
        "logs/log_list.html",
        {
            "filter": found,
            "page": rows,
            "filtered": any(request.GET.get(name) for name in found.filters),
            "count_text": ngettext("%(n)s篇", "%(n)s篇", count) % {"n": count},
            "may_export": bool(request.studio) and request.user.can(Permission.LOG_VIEW, request.studio),
            "may_write": MENTORS.allows(request.user, request.studio)
            and mentor_row_of(request.user, request.studio) is not None,
        },
    )


@page(EXPORTERS, step_up=StepUp.OPEN, lagging=True)
def export(request):
    found = filtered(request)
    if not found.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect(f"{reverse('logs:logs')}?{request.GET.urlencode()}")
    rows = found.qs.searchable()
    content = logs_xlsx(rows)
    told = {"rows": rows.count(), **found.in_words()}
    record(by=request.user, verb="logs.exported", on=request.studio, studio=request.studio, after=told)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('教学日志'))}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page(READERS)
def log(request, pk):
    row = log_for(request.user, pk)
    user, studio = request.user, row.studio_id
    own = is_theirs(user, row)
    people = list(row.attendance.all())
    mine = next((person for person in people if person.mentee.secretary.user_id == user.pk), None)
    photos = list(row.photos.all())
    edits, standing = user.can(Permission.LOG_EDIT, studio), row.voided_at is None
    insider = own or user.can(Permission.LOG_VIEW, studio)
    return render(
        request,
        "logs/log_page.html",
        {
            "log": row,
            "people": people,
            "mine": mine,
            "insider": insider,
            "photos": photos,
            "homework": [work.task for work in row.homework.all()[:1]],
            "versions": row.versions.select_related("replaced_by") if insider else [],
            "may_confirm": standing and own and not user.is_represented and not row.confirmed_at,
            "may_change": standing and may_change(user, row),
            "may_transcribe": standing and edits and not row.text and any_notebook(photos),
            "may_acknowledge": standing and edits and not user.is_represented and not row.studio_ack_at,
            "may_answer": standing and mine is not None and not user.is_represented,
        },
    )


def any_notebook(photos) -> bool:
    return any(photo.kind == PhotoKind.NOTEBOOK for photo in photos)


@page(READERS)
def photo(request, pk):
    picture = get_object_or_404(LogPhoto.objects.visible_to(request.user), pk=pk)
    return private_response(picture.image, content_type="image/jpeg", filename=f"{pk}.jpg")


@page(MENTORS)
def write(request):
    """?mentee= names whom it will be about."""
    mentor = mentor_row_of(request.user, request.studio, about=uuid_or_none(request.GET.get("mentee")))
    if mentor is None:
        return render(request, "logs/log_form.html", {"mentor": None})
    return writing(request, mentor)


@page(OFFICERS)
def write_for(request, pk):
    """`pk` is the mentor who held the session."""
    mentor = mentor_for(request.user, pk)
    require(request.user, Permission.LOG_EDIT, mentor.studio)
    return writing(request, mentor)


def writing(request, mentor):
    """The phone form; ?kind=session opens the full form of a base or group session."""
    session = request.GET.get("kind") == "session"
    people = attendable(mentor.cohort, mentor.studio.today()) if session else apprentices_of(mentor)
    asked = SessionForm if session else LogForm
    data = sent(request)
    chosen = {} if session or not request.GET.get("mentee") else {"mentees": [request.GET["mentee"]]}
    form = asked(data, request.FILES or None, mentor=mentor, mentees=people, initial=chosen)
    if data is not None and form.is_valid():
        made = done(form, actions.write_log, by=request.user, mentor=mentor, **form.facts())
        if made:
            return drafts.written(request, made, form)
    if data is not None and drafts.by_script(request):
        return drafts.refused(form)
    own = mentor.secretary.user_id == request.user.pk
    return render(
        request,
        "logs/log_form.html",
        {
            "mentor": mentor, "own": own, "form": form, "session": session, "lost_photos": bool(request.FILES),
            "people": people, **drafts.begun(request, form, "session" if session else "coaching", mentor),
        },
    )  # fmt: skip


@page(WRITERS)
def correct(request, pk):
    row = log_to_change(request.user, pk)
    session = row.kind in LogKind.sessions()
    people = attendable(row.mentor.cohort, row.date) if session else apprentices_of(row.mentor)
    form = CorrectForm(
        sent(request),
        log=row,
        own=is_theirs(request.user, row),
        mentees=people,
    )
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            actions.correct_log(by=request.user, log=row, **form.facts())
        except Refused as refused:
            add_refusal(form, refused)
            conflict = isinstance(refused, actions.Stale)
            row = log_for(request.user, pk)
            if conflict:  # having seen both, the reader may send again
                form.data = form.data.copy()
                form.data["version"] = row.version
        else:
            messages.success(request, _("改好了，原来的话留着。"))
            return redirect("logs:log", row.pk)
    return render(request, "logs/log_correct.html", {"log": row, "form": form, "conflict": conflict})


@page(MENTORS)
@require_POST
def confirm(request, pk):
    row = log_for(request.user, pk)
    try:
        actions.confirm_log(by=request.user, log=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("确认了。"))
    return redirect("logs:log", row.pk)


@page(OFFICERS)
@require_POST
def acknowledge(request, pk):
    row = log_for(request.user, pk)
    require(request.user, Permission.LOG_EDIT, row.studio)
    try:
        actions.acknowledge(by=request.user, log=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("工作室签收了。"))
    return redirect("logs:log", row.pk)


def act_page(request, row, form, act, *, template, words, **extra):
    """A page with one small form about a log."""
    if form.is_bound and form.is_valid() and done(form, act, by=request.user, **extra, **form.cleaned_data):
        messages.success(request, words)
        return redirect("logs:log", row.pk)
    return render(request, template, {"log": row, "form": form, "photos": row.photos.all()})


@page(WRITERS)
def void(request, pk):
    row = log_to_change(request.user, pk)
    form = VoidForm(sent(request))
    return act_page(
        request, row, form, actions.void_log, template="logs/log_void.html", words=_("作废了，原文还留着。"), log=row
    )


@page(OFFICERS)
def transcribe(request, pk):
    row = log_for(request.user, pk)
    require(request.user, Permission.LOG_EDIT, row.studio)
    form = TranscribeForm(sent(request))
    words = _("誊写好了，等师傅看过确认。")
    return act_page(request, row, form, actions.transcribe, template="logs/log_transcribe.html", words=words, log=row)


@page(MENTEES)
def own_words(request, pk):
    row = log_for(request.user, pk)
    mine = row.attendance.filter(mentee__secretary__user=request.user.pk).select_related("mentee__secretary").first()
    if mine is None or request.user.is_represented:
        raise PermissionDenied
    form = OwnWordsForm(sent(request), initial={"own_words": mine.own_words})
    return act_page(
        request, row, form, actions.confirm_attendance, template="logs/log_own_words.html", words=_("记下了。"),
        attendance=mine,
    )  # fmt: skip
