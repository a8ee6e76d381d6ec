"""ZIPs of many files: asked for, watched while they are made, fetched."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for
from evaluations.archive import actions
from evaluations.archive.access import WORKERS, job_for
from evaluations.archive.forms import ExportForm
from evaluations.archive.models import ExportJob
from evaluations.archive.tasks import NO_RIGHT, zip_title
from mentorship.accounts.access import StepUp, page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.packing import KEPT_DAYS, PackState
from mentorship.common.paging import page_of
from mentorship.common.private_files import private_response

from .files import files_page


@page(WORKERS, step_up=StepUp.ACT)
@require_POST
def export(request, pk):
    cohort = cohort_for(request.user, pk, Permission.ARCHIVE_EXPORT)
    form = ExportForm(request.POST, cohort=cohort)
    if form.is_valid():
        try:
            job = actions.ask_export(by=request.user, cohort=cohort, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect("archive:export_job", job.pk)
    return files_page(request, cohort, form)


@page(WORKERS)
def exports(request):
    rows = ExportJob.objects.visible_to(request.user).filter(studio=request.studio).for_lists()
    return render(request, "archive/exports.html", {"page": page_of(request, rows), "kept_days": KEPT_DAYS})


@page(WORKERS)
def export_job(request, pk):
    job = job_for(request.user, pk)
    return render(
        request,
        "archive/export_job.html",
        {
            "job": job,
            "words": words_of(job),
            "no_right": job.problem == NO_RIGHT,
            "kept_days": KEPT_DAYS,
        },
    )


def words_of(job: ExportJob) -> str:
    if job.state == PackState.WAITING:
        return _("排着队，马上开始。")
    return ngettext("整理好%(n)s份，共%(all)s份。", "整理好%(n)s份，共%(all)s份。", job.done) % {
        "n": job.done,
        "all": job.total,
    }


@page(WORKERS)
def export_state(request, pk):
    """For the page that watches: {going_on, done, total, words}."""
    job = job_for(request.user, pk)
    response = JsonResponse({"going_on": job.is_going_on, "done": job.done, "total": job.total, "words": words_of(job)})
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(WORKERS, step_up=StepUp.ACT)
@require_POST
def export_retry(request, pk):
    job = job_for(request.user, pk)
    try:
        actions.retry_export(by=request.user, job=job)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("archive:export_job", job.pk)


@page(WORKERS, step_up=StepUp.OPEN)
def export_file(request, pk):
    job = job_for(request.user, pk)
    if not job.is_ready:
        raise Http404
    response = private_response(
        job.file, content_type="application/zip", filename=f"{zip_title(job)}.zip", inline=False
    )
    actions.told_of_download(by=request.user, job=job)
    return response
