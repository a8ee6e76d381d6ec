"""A mentor is away for some days, and another of the cohort looks after the apprentices."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.choices import MentorStatus, Stage
from cohorts.models import Mentor, MentorAbsence, Pairing
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify

from .common import locked, refuse_unless_stage

LONGEST = 60  # days; longer than that the pairs should be changed


@transaction.atomic
def announce_absence(
    *, by: User, mentor: Mentor, stand_in: Mentor, starts: datetime.date, ends: datetime.date, note: str = ""
) -> MentorAbsence:
    """Tells the one who stands in, the apprentices and nobody else. By the mentor or the studio.

    Raises Refused for days out of order, past, too many or told already, and when the other is away then too.
    """
    locked(mentor)
    refuse_unless_theirs(by, mentor)
    refuse_unless_stage(mentor.cohort, Stage.with_pairs())
    check_days(mentor, starts, ends)
    check_stand_in(mentor, stand_in, starts, ends)
    absence = MentorAbsence.objects.create(
        studio_id=mentor.studio_id, mentor=mentor, stand_in=stand_in, starts=starts, ends=ends, note=note.strip()
    )
    told = {"stand_in": str(stand_in), "starts": starts, "ends": ends}
    record(by=by, verb="absence.announced", on=mentor, studio=mentor.studio_id, after=told)
    tell(absence, by)
    return absence


def check_days(mentor: Mentor, starts: datetime.date, ends: datetime.date) -> None:
    if ends < starts:
        raise Refused(_("回来的日子要在出门之后。"), field="ends")
    if ends < mentor.cohort.studio.today():
        raise Refused(_("这几天已经过去了。"), field="ends")
    if (ends - starts).days >= LONGEST:
        raise Refused(_("最多%(n)s天。再久，请工作室换师傅。") % {"n": LONGEST}, field="ends")
    if mentor.absences.filter(starts__lte=ends, ends__gte=starts).exists():
        raise Refused(_("这几天已经说过了，先取消原来的再改。"), field="starts")


def check_stand_in(mentor: Mentor, stand_in: Mentor, starts: datetime.date, ends: datetime.date) -> None:
    same_cohort = stand_in.cohort_id == mentor.cohort_id and stand_in.status == MentorStatus.APPOINTED
    if stand_in.pk == mentor.pk or not same_cohort:
        raise Refused(_("请选同一批的另一位师傅。"), field="stand_in")
    if stand_in.absences.filter(starts__lte=ends, ends__gte=starts).exists():
        raise Refused(_("%(name)s那几天也不在，请换一位。") % {"name": stand_in}, field="stand_in")


@transaction.atomic
def end_absence(*, by: User, absence: MentorAbsence) -> None:
    """Back early, or not leaving after all: the rest of the days is struck out. Raises Refused when it is over."""
    locked(absence)
    refuse_unless_theirs(by, absence.mentor)
    today = absence.mentor.cohort.studio.today()
    if absence.ends < today:
        raise Refused(_("这几天已经过去了。"))
    before = {"starts": absence.starts, "ends": absence.ends}
    record(by=by, verb="absence.ended", on=absence.mentor, studio=absence.studio_id, before=before)
    if absence.starts >= today:
        absence.delete()
    else:
        absence.ends = today - datetime.timedelta(days=1)
        absence.save(update_fields=["ends", "updated_at"])
    tell(absence, by, back=True)


def refuse_unless_theirs(by: User, mentor: Mentor) -> None:
    if by.pk != mentor.secretary.user_id and not by.can(Permission.COHORT_EDIT, mentor.studio_id):
        raise PermissionDenied


def tell(absence: MentorAbsence, by: User, *, back: bool = False) -> None:
    pairs = Pairing.objects.current().filter(mentor=absence.mentor).select_related("mentee__secretary__user")
    particulars = {
        "mentor": absence.mentor.secretary.name,
        "stand_in": absence.stand_in.secretary.name,
        "starts": absence.starts.isoformat(),
        "ends": absence.ends.isoformat(),
        "back": back,
    }
    notify(
        kind="mentor_away",
        studio=absence.studio,
        to=[absence.stand_in.secretary.user, *(pair.mentee.secretary.user for pair in pairs)],
        by=by.acting_user or by,
        url=reverse("dashboards:home"),
        particulars=particulars,
    )
