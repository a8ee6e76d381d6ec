"""立卷 and the check by a second person."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee
from evaluations.archive.models import BoundFile
from evaluations.archive.queries import MentoringFile
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.dates import add_months
from mentorship.common.errors import Refused

RETENTION_YEARS = 10  # domain.md §2.23


@transaction.atomic
def bind_file(*, by: User, mentee: Mentee) -> BoundFile:
    """Freezes the digest of every part of the whole file, under the next number.

    The first binding gives the person their serial in the cohort. Raises Refused when nothing changed since the last.
    """
    Cohort.objects.select_for_update().get(pk=mentee.cohort_id)  # one binding at a time: the serials are counted here
    with translation.override("zh-hans"):  # a bound file is a paper: its titles stand in Chinese
        file = MentoringFile(mentee)
        parts, digest = file.as_bound(), file.digest
    last = BoundFile.objects.filter(mentee=mentee).order_by("-number").first()
    if last and last.digest == digest:
        raise Refused(_("上次立卷以后没有改动，不用再立。"))
    today = mentee.studio.today()
    bound = BoundFile.objects.create(
        studio=mentee.studio,
        cohort=mentee.cohort,
        mentee=mentee,
        serial=last.serial if last else next_serial(mentee.cohort_id),
        number=last.number + 1 if last else 1,
        bound_on=today,
        parts=parts,
        digest=digest,
        bound_by=by,
        retain_until=retention_of(mentee.cohort, today),
    )
    told = {"number": bound.number, "digest": digest, "retain_until": bound.retain_until}
    record(by=by, verb="archive.bound", on=bound, studio=mentee.studio, after=told)
    return bound


def next_serial(cohort_id) -> int:
    return (BoundFile.objects.filter(cohort=cohort_id).aggregate(last=Max("serial"))["last"] or 0) + 1


def retention_of(cohort: Cohort, bound_on: datetime.date) -> datetime.date:
    """Ten years from the end of the cohort, or from the binding when that is later."""
    return add_months(max(cohort.ends, bound_on), 12 * RETENTION_YEARS)


@transaction.atomic
def check_file(*, by: User, bound: BoundFile) -> None:
    """A second person has gone through the bound file. Raises Refused for the binder, and when it was done."""
    bound = BoundFile.objects.select_for_update(of=("self",)).select_related("studio").get(pk=bound.pk)
    if bound.checked_by_id:
        raise Refused(_("这一卷已经检查过了。"))
    if bound.bound_by_id == by.pk:
        raise Refused(_("立卷的人不能检查自己立的卷，请另一位同事来检查。"))
    bound.checked_by, bound.checked_on = by, bound.studio.today()
    bound.save(update_fields=["checked_by", "checked_on", "updated_at"])
    record(by=by, verb="archive.checked", on=bound, studio=bound.studio, after={"number": bound.number})
