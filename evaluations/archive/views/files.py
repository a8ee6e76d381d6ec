"""The files of a cohort, one file, its PDF, its bindings."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for
from cohorts.models import Cohort
from evaluations.archive import actions
from evaluations.archive.access import (
    READERS,
    STUDIO,
    TAKERS,
    WORKERS,
    bound_for,
    file_for,
    is_own,
    own_file_of,
)
from evaluations.archive.filters import FilesFilter
from evaluations.archive.forms import ExportForm
from evaluations.archive.models import BoundFile
from evaluations.archive.prints import file_pdf as set_file
from evaluations.archive.prints import keepsake_pdf as set_keepsake
from evaluations.archive.prints import name_of_file, name_of_keepsake
from evaluations.archive.queries import MentoringFile, compared, on_file, standings, withheld, withheld_cases
from mentorship.accounts.access import StepUp, page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of

LATEST_LOGS = 6


@page(READERS)
def start(request):
    """The studio comes to the files of its newest cohort, an apprentice to their own."""
    user, studio = request.user, request.studio
    if user.can(Permission.ARCHIVE_VIEW, studio):
        rows = Cohort.objects.visible_to(user).filter(studio=studio).begun_first(studio)
        cohort = rows.current().first() or rows.first()
        return redirect("archive:files", cohort.pk) if cohort else redirect("cohorts:cohorts")
    mine = own_file_of(user, studio)
    if mine is None:
        raise Http404
    return redirect("archive:file", mine.pk)


@page(STUDIO)
def files(request, pk):
    cohort = cohort_for(request.user, pk, Permission.ARCHIVE_VIEW)
    return files_page(request, cohort, ExportForm(cohort=cohort))


def files_page(request, cohort, form, status: int = 200):
    everyone = standings(on_file(cohort), request.user, cohort.studio)
    today = cohort.studio.today()
    asked = FilesFilter(request.GET, rows=everyone, today=today)
    rows = asked.narrow(everyone)
    context = {
        "cohort": cohort,
        "others": Cohort.objects.visible_to(request.user).filter(studio=cohort.studio).exclude(pk=cohort.pk),
        "filter": {"form": asked},
        "page": page_of(request, rows),
        "today": today,
        "total": len(everyone),
        "complete": sum(row.is_complete for row in everyone),
        "bound": sum(row.bound is not None for row in everyone),
        "expired": sum(row.is_expired(today) for row in everyone),
        "filtered": any(request.GET.get(name) for name in asked.fields),
        "count_text": ngettext("%(n)s名", "%(n)s名", len(rows)) % {"n": len(rows)},
        "may_export": request.user.can(Permission.ARCHIVE_EXPORT, cohort.studio),
        "form": form,
    }
    return render(request, "archive/files.html", context, status=status)


@page(READERS)
def file(request, pk):
    mentee = file_for(request.user, pk)
    one = MentoringFile(mentee, request.user)
    studio = one.look.is_studio
    levels = [(row.subject, row.level) for _source, rows in one.line("baseline").rows for row in rows]
    logs = one.line("logs").items
    bindings = BoundFile.objects.visible_to(request.user).filter(mentee=mentee).order_by("-number")
    may_export = request.user.can(Permission.ARCHIVE_EXPORT, mentee.studio)
    return render(
        request,
        "archive/file.html",
        {
            "mentee": mentee,
            "cohort": mentee.cohort,
            "file": one,
            "own": is_own(request.user, mentee),
            "studio_reads": studio,
            "bindings": list(bindings.select_related("studio", "cohort", "bound_by", "checked_by")),
            "levels": [(subject, level, mentee.cohort.framework.level_name(level)) for subject, level in levels],
            "radar_values": [level for _subject, level in levels],
            "radar_labels": [subject.short for subject, _level in levels],
            "logs": logs[: -LATEST_LOGS - 1 : -1],
            "word": next((item for item in reversed(logs) if item.note), None),
            "withheld": withheld(mentee, request.user),
            "withheld_cases": withheld_cases(mentee, request.user),
            "may_export": may_export,
            "may_take": may_export or is_own(request.user, mentee),
        },
    )


def pdf_response(content: bytes, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    how = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}.pdf"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def printed(request, pk, *, inline: bool):
    mentee = file_for(request.user, pk, Permission.ARCHIVE_EXPORT)
    content = set_file(mentee, by=request.user)
    actions.told_of_print(by=request.user, mentee=mentee, verb="archive.printed")
    return pdf_response(content, name_of_file(mentee), inline=inline)


@page(TAKERS)
def file_print(request, pk):
    """In the browser, which prints it."""
    return printed(request, pk, inline=True)


@page(TAKERS, step_up=StepUp.OPEN)
def file_pdf(request, pk):
    return printed(request, pk, inline=False)


@page(TAKERS)
def keepsake(request, pk):
    mentee = file_for(request.user, pk, Permission.ARCHIVE_EXPORT)
    content = set_keepsake(mentee)
    actions.told_of_print(by=request.user, mentee=mentee, verb="archive.keepsake_made")
    return pdf_response(content, name_of_keepsake(mentee), inline=True)


@page(WORKERS)
@require_POST
def bind(request, pk):
    mentee = file_for(request.user, pk, Permission.ARCHIVE_EXPORT)
    require(request.user, Permission.ARCHIVE_EXPORT, mentee.studio)
    try:
        made = actions.bind_file(by=request.user, mentee=mentee)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("archive:file", mentee.pk)
    messages.success(request, _("立好卷了，请另一位同事来检查。"))
    return redirect("archive:bound", made.pk)


@page(STUDIO)
def bound(request, pk):
    row = bound_for(request.user, pk)
    rows = compared(row)
    return render(
        request,
        "archive/bound.html",
        {
            "bound": row,
            "mentee": row.mentee,
            "rows": rows,
            "changed": [one for one in rows if one.changed],
            "is_last": not BoundFile.objects.filter(mentee=row.mentee, number__gt=row.number).exists(),
            "may_check": row.checked_by_id is None
            and row.bound_by_id != request.user.pk
            and request.user.can(Permission.ARCHIVE_EXPORT, row.studio),
            "waits_for_another": row.checked_by_id is None and row.bound_by_id == request.user.pk,
        },
    )


@page(WORKERS)
@require_POST
def check(request, pk):
    row = bound_for(request.user, pk, Permission.ARCHIVE_EXPORT)
    try:
        actions.check_file(by=request.user, bound=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("检查好了。"))
    return redirect("archive:bound", row.pk)
