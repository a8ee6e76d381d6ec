"""Asking for a ZIP of files, asking again, fetching it, and clearing away what has lain too long."""

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentor
from evaluations.archive.models import ExportJob
from evaluations.archive.queries import group_of
from evaluations.archive.tasks import make_export
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.packing import PackState


@transaction.atomic
def ask_export(*, by: User, cohort: Cohort, mentor: Mentor | None = None) -> ExportJob:
    """A job for the files of the cohort, or of one mentor's group; the work begins after the commit.

    Raises Refused when there is nobody in it, or when the same is being made for the same person.
    """
    clear_exports()
    total = group_of(cohort, mentor).count()
    if not total:
        raise Refused(_("这一组还没有学员，没有档案可以打包。"), field="mentor")
    same = ExportJob.objects.filter(asked_by=by, cohort=cohort, mentor=mentor, state__in=PackState.unfinished())
    if any(not job.is_stalled for job in same):
        raise Refused(_("同样的一包正在整理，请等它做好。"), field="mentor")
    job = ExportJob.objects.create(studio=cohort.studio, cohort=cohort, mentor=mentor, asked_by=by, total=total)
    told = {"mentor": str(mentor or ""), "files": total}
    record(by=by, verb="archive.exported", on=job, studio=job.studio, after=told)
    begin(job)
    return job


@transaction.atomic
def retry_export(*, by: User, job: ExportJob) -> ExportJob:
    """Begins a job again that failed, was lost on the way, or whose file is gone."""
    job = ExportJob.objects.select_for_update(of=("self",)).select_related("cohort", "mentor", "studio").get(pk=job.pk)
    if not job.may_retry:
        raise Refused(_("这一包不用重做。"))
    job.file.delete(save=False)
    job.state, job.done, job.problem, job.finished_at = PackState.WAITING, 0, "", None
    job.total = group_of(job.cohort, job.mentor).count()
    job.save()
    record(by=by, verb="archive.export_retried", on=job, studio=job.studio)
    begin(job)
    return job


def begin(job: ExportJob) -> None:
    transaction.on_commit(lambda: make_export.enqueue(str(job.pk)))


def told_of_download(*, by: User, job: ExportJob) -> None:
    record(by=by, verb="archive.export_downloaded", on=job, studio=job.studio, after={"files": job.total})


def told_of_print(*, by: User, mentee, verb: str) -> None:
    """One file, or a keepsake, was made as a PDF."""
    record(by=by, verb=verb, on=mentee, studio=mentee.studio)


@transaction.atomic
def clear_exports() -> int:
    """Deletes the files of jobs that have lain their days; returns how many."""
    jobs = list(ExportJob.objects.overdue())
    for job in jobs:
        job.expire()
    return len(jobs)
