"""Bound files and export jobs, made straight in the database."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from evaluations.archive.models import BoundFile, ExportJob
from mentorship.common.packing import PackState

DAY = datetime.date(2018, 12, 1)


def make_bound(mentee, by, **more) -> BoundFile:
    """The first binding of an empty file."""
    facts = {
        "studio": mentee.studio, "cohort": mentee.cohort, "mentee": mentee, "serial": 1, "number": 1, "bound_on": DAY,
        "parts": [], "digest": "0" * 64, "bound_by": by, "retain_until": DAY.replace(year=2028),
    }  # fmt: skip
    return BoundFile.objects.create(**facts | more)


def make_job(cohort, by, **more) -> ExportJob:
    """A job that is done, with its file."""
    facts = {
        "studio": cohort.studio, "cohort": cohort, "asked_by": by, "state": PackState.DONE, "done": 1, "total": 1,
        "file": ContentFile(b"PK", name="files.zip"), "finished_at": timezone.now(),
    }  # fmt: skip
    return ExportJob.objects.create(**facts | more)
