"""Who came: the list of one session, what speaks for and against, and what others count."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Mentee
from cohorts.training.choices import AttendanceState, EnrolmentState, SessionKind, SessionState
from cohorts.training.models import Attendance, Enrolment, Session

from .people import expected

BEFORE = datetime.timedelta(minutes=60)


@dataclass
class ListRow:
    """One person on the list of a session; `row` is None while nothing is written down."""

    mentee: Mentee
    row: Attendance | None

    @property
    def state(self) -> str:
        return self.row.state if self.row else ""


@dataclass(frozen=True)
class Tally:
    due: int
    present: int
    unmarked: int
    disputed: int


def list_of(session: Session) -> list[ListRow]:
    """Everyone expected, and whoever has a row all the same."""
    rows = {row.mentee_id: row for row in session.attendance.select_related("mentee__secretary", "make_up")}
    people = list(expected(session))
    known = {mentee.pk for mentee in people}
    more = [row.mentee for row in rows.values() if row.mentee_id not in known]
    return [ListRow(mentee, rows.get(mentee.pk)) for mentee in [*people, *more]]


def tally(listed: Iterable[ListRow]) -> Tally:
    listed = list(listed)
    return Tally(
        len(listed),
        sum(each.state == AttendanceState.PRESENT for each in listed),
        sum(each.row is None for each in listed),
        sum(bool(each.row and each.row.disputed) for each in listed),
    )


def is_expected(session: Session, mentee: Mentee) -> bool:
    return expected(session).filter(pk=mentee.pk).exists()


def hours_for(session: Session, mentees: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """What being there is worth: the course's hours for those placed in one, else the session's; 0 without any."""
    whole = session.hours or Decimal(0)
    found = dict.fromkeys(mentees, whole)
    if session.is_elective:
        placed = Enrolment.objects.filter(session=session, state=EnrolmentState.PLACED, mentee__in=list(found))
        found |= dict(placed.values_list("mentee", "course__hours"))
    return found


def now_at(session: Session) -> datetime.datetime:
    """The studio's day (a demo has its own) with the time on the clock."""
    return datetime.datetime.combine(session.studio.today(), timezone.localtime().time())


def door_trouble(session: Session, now: datetime.datetime) -> str:
    """Why nobody can sign in at the door now; empty when they can: an hour before the start until the end, each day."""
    if not session.keeps_attendance:
        return _("这一次不签到。")
    if not session.date <= now.date() <= session.last_date:
        return _("今天不是这次培训的日子。")
    starts = datetime.datetime.combine(now.date(), session.starts_at or datetime.time.min)
    ends = datetime.datetime.combine(now.date(), session.ends_at or datetime.time.max)
    if now < starts - BEFORE:
        return _("还没到签到时间，开始前一小时可以签到。")
    if now > ends:
        return _("这次培训已经结束，不能再扫码签到。没签上的，请找专员补记。")
    return ""


def could_make_up(attendance: Attendance) -> QuerySet[Session]:
    """Sessions of the same cohort that began by today, give hours, and where this person was not due or written down."""
    missed = attendance.session
    due_there = Attendance.objects.filter(mentee=attendance.mentee).values("session")
    used = Attendance.objects.filter(mentee=attendance.mentee, make_up__isnull=False).exclude(pk=attendance.pk)
    rows = Session.objects.standing().filter(cohort=missed.cohort_id, date__lte=missed.studio.today())
    rows = rows.filter(kind__in=SessionKind.with_attendance(), hours__gt=0)
    return rows.exclude(pk__in=due_there).exclude(pk__in=used.values("make_up")).exclude(pk=missed.pk)


def absences(mentee: Mentee) -> QuerySet[Attendance]:
    """Unexcused and not made up, the latest first; a disputed one doesn't count before it is settled."""
    rows = Attendance.objects.filter(mentee=mentee, state=AttendanceState.ABSENT, make_up=None, disputed=False)
    return rows.filter(session__state__in=SessionState.standing()).select_related("session").order_by("-session__date")


def came_of(mentees: Iterable[Mentee], starts: datetime.date, ends: datetime.date) -> dict[uuid.UUID, tuple[int, int]]:
    """mentee id -> (came, was due) for sessions whose first day is from `starts` to `ends`. What was made up counts as
    having come, duty counts neither way. Who has no row at all is not in it: that is missing, not nought. One query."""
    made_up = Q(make_up__isnull=False)
    rows = Attendance.objects.filter(mentee__in=[mentee.pk for mentee in mentees], session__date__range=(starts, ends))
    rows = rows.filter(session__state__in=SessionState.standing()).exclude(state=AttendanceState.DUTY, make_up=None)
    came = Count("pk", filter=Q(state=AttendanceState.PRESENT) | made_up)
    return {
        pk: (there, due)
        for pk, there, due in rows.order_by()
        .values("mentee")
        .annotate(there=came, due=Count("pk"))
        .values_list("mentee", "there", "due")
    }


def attendance_rate(mentee: Mentee, starts: datetime.date, ends: datetime.date) -> Decimal | None:
    """Percent, 0 to 100, as `came_of` counts. None where nothing is written down."""
    there, due = came_of([mentee], starts, ends).get(mentee.pk, (0, 0))
    return (Decimal(there) * 100 / due).quantize(Decimal("0.1")) if due else None
