"""What this app holds about people (mentorship.common.personal); how long bound files are kept; ZIPs that go at once."""

import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cohorts.personal import cohorts_of
from mentorship.accounts.models import User
from mentorship.common.packing import PackState
from mentorship.common.personal import ARCHIVE, SELF, SELF_OFFICE, Keep, Table
from mentorship.people.models import Secretary

from .models import BoundFile, ExportJob

TABLES = [
    Table(
        "archive.BoundFile", _("带教档案立卷"), SELF_OFFICE, ARCHIVE, ("mentee__secretary",),
        links="mentee bound_by checked_by", facts="cohort serial number bound_on checked_on retain_until",
        plain="parts digest",
    ),
    Table(
        "archive.ExportJob", _("档案打包下载"), SELF, Keep(_("7天后删除文件")),
        links="mentor asked_by", plain="cohort state done total problem finished_at", derived="file",
    ),
]  # fmt: skip


def kept_until(secretary: Secretary | None, user: User | None) -> datetime.date | None:
    """As long as any file of a cohort of theirs is kept: they stand in the others' files too."""
    rows = BoundFile.objects.filter(cohort__in=cohorts_of(secretary, user))
    return rows.aggregate(last=Max("retain_until"))["last"]


def drop_packed(secretary: Secretary | None, user: User | None, touched: dict[str, set]) -> None:
    """ZIPs in which they stand."""
    for job in ExportJob.objects.filter(state=PackState.DONE, cohort__in=cohorts_of(secretary, user)):
        job.expire()
