"""Pictures and documents of a sheet, private, at most nine together."""

from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_write
from cohorts.clinic.choices import FileKind
from cohorts.clinic.models import MOST_FILES, Case, CaseFile
from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.attachments import checked_file
from mentorship.common.errors import PermissionDenied, Refused

from .common import locked

LONGEST_SIDE = 1600


@transaction.atomic
def add_files(*, by: User, case: Case, uploads: Sequence[UploadedFile]) -> list[CaseFile]:
    """All of them or none. Raises Refused, in words for the field `files`: too many, or not what we take."""
    locked(case)
    refuse_other_hands(by, case)
    if not uploads:
        return []
    taken = set(case.files.values_list("order", flat=True))
    if len(taken) + len(uploads) > MOST_FILES:
        raise Refused(_("照片和文件合起来最多%(n)s份。") % {"n": MOST_FILES}, field="files")
    papers = [checked_file(upload, LONGEST_SIDE) for upload in uploads]
    count_upload(by=by, files=[paper.file for paper, _is_picture in papers], field="files")
    free = [place for place in range(1, MOST_FILES + 1) if place not in taken]
    rows = [
        CaseFile.objects.create(
            studio_id=case.studio_id, case=case, kind=FileKind.PHOTO if is_picture else FileKind.DOCUMENT,
            file=paper.file, name=paper.name, order=place, added_by=by.acting_user or by,
        )
        for (paper, is_picture), place in zip(papers, free, strict=False)
    ]  # fmt: skip
    after = {"files": len(taken) + len(rows)}
    record(by=by, verb="case.file_added", on=case, studio=case.studio_id, after=after)
    return rows


@transaction.atomic
def remove_files(*, by: User, case: Case, files: Iterable[CaseFile]) -> None:
    """Those of this case; the stored bytes go with them once it is sure."""
    locked(case)
    refuse_other_hands(by, case)
    rows = list(case.files.filter(pk__in=[file.pk for file in files]))
    if not rows:
        return
    for row in rows:
        drop(row)
    record(by=by, verb="case.file_removed", on=case, studio=case.studio_id, after={"files": case.files.count()})


def refuse_other_hands(by: User, case: Case) -> None:
    if not may_write(by, case):
        raise PermissionDenied


def drop_all(case: Case) -> None:
    for row in case.files.all():
        drop(row)


def drop(row: CaseFile) -> None:
    storage, name = row.file.storage, row.file.name
    row.delete()
    transaction.on_commit(lambda: storage.delete(name))
