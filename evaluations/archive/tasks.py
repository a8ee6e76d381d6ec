"""The ZIP of a group's files, made in the background. Rights are looked up when it runs, not when it was asked for."""

import hashlib
import logging
import re
import tempfile
import zipfile

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from cohorts.models import Mentee
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.packing import PackState
from mentorship.common.spreadsheets import write_table

from .models import ExportJob
from .prints import file_pdf, last_bound
from .queries import MentoringFile, group_of

log = logging.getLogger(__name__)
NO_RIGHT, BROKEN = "no_right", "broken"
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


class LostRight(Exception):
    """Whoever asked may no longer take files out."""


@task(backend="long")
def make_export(job_id: str) -> None:
    """Makes one waiting job's ZIP; a job that is already being made, or was, is left alone."""
    if not ExportJob.objects.filter(pk=job_id).begin():
        return
    job = ExportJob.objects.for_lists().get(pk=job_id)
    try:
        with tempfile.TemporaryFile() as place:
            pack(job, place)
            still_allowed(job)
            job.keep(place)
        ExportJob.objects.filter(pk=job.pk).update(
            state=PackState.DONE, file=job.file.name, finished_at=timezone.now(), updated_at=timezone.now()
        )
    except LostRight:
        fail(job, NO_RIGHT)
    except Exception:
        log.exception("export %s", job.pk)
        fail(job, BROKEN)


def fail(job: ExportJob, problem: str) -> None:
    job.file.delete(save=False)
    ExportJob.objects.filter(pk=job.pk).update(
        state=PackState.FAILED, file="", problem=problem, updated_at=timezone.now()
    )
    record(by=None, verb="archive.export_failed", on=job, studio=job.studio)


def still_allowed(job: ExportJob) -> User:
    """The asker, read anew."""
    asker = User.objects.get(pk=job.asked_by_id)
    if not asker.can(Permission.ARCHIVE_EXPORT, job.studio_id):
        raise LostRight
    return asker


def pack(job: ExportJob, place) -> None:
    """One PDF a person, numbered in the order of the list, and a spreadsheet of every digest."""
    mentees = list(group_of(job.cohort, job.mentor).for_lists().select_related("cohort__framework"))
    ExportJob.objects.filter(pk=job.pk).update(total=len(mentees))
    folder, rows = safe_name(zip_title(job)), []
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # a PDF is packed already
        for number, mentee in enumerate(mentees, 1):
            asker = still_allowed(job)
            pdf = file_pdf(mentee, by=asker)
            name = f"{number:02} {safe_name(str(mentee.secretary.name))}.pdf"
            archive.writestr(f"{folder}/{name}", pdf)
            rows += manifest_rows(name, mentee, asker, hashlib.sha256(pdf).hexdigest())
            ExportJob.objects.filter(pk=job.pk).update(done=number, updated_at=timezone.now())
        archive.writestr(f"{folder}/00 {manifest_name()}.xlsx", manifest(rows))


def zip_title(job: ExportJob) -> str:
    with translation.override("zh-hans"):
        who = _("%(name)s组") % {"name": job.mentor} if job.mentor else ""
        return _("%(name)s带教档案") % {"name": f"{job.cohort.name}{who}"}


def manifest_name() -> str:
    with translation.override("zh-hans"):
        return _("目录")


def safe_name(words: str) -> str:
    """A file name that Windows takes too: none of its forbidden signs or names, no dot or space at the end."""
    name = FORBIDDEN.sub("_", words).strip(" .")[:80].strip(" .")
    return f"_{name}" if not name or RESERVED.match(name.split(".")[0]) else name


def manifest_rows(name: str, mentee: Mentee, asker: User, pdf_digest: str) -> list[list]:
    with translation.override("zh-hans"):
        file, bound = MentoringFile(mentee, asker), last_bound(mentee)
        number = bound.file_number if bound else _("还没有立卷")
        mentor = str(file.pair.mentor) if file.pair else ""
        head = [name, mentee.secretary.name, mentor, number]
        whole = [*head, "", _("全卷"), sum(line.count for line in file.lines), file.digest, pdf_digest]
        return [whole] + [
            [*head, line.part.no, str(line.part.title), line.count, line.digest, ""] for line in file.present
        ]


def manifest(rows: list[list]) -> bytes:
    with translation.override("zh-hans"):
        heading = [
            _("文件"),
            _("学员"),
            _("师傅"),
            _("档号"),
            _("序号"),
            _("材料名称"),
            _("件数"),
            _("内容指纹"),
            _("文件指纹"),
        ]
        return write_table(_("目录"), heading, rows)
