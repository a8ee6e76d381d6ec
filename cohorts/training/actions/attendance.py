"""Writing down who came. Every statement is kept; what counts is worked out anew from all of them."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.models import Mentee
from cohorts.training.choices import AttendanceState, MarkSource
from cohorts.training.models import Attendance, AttendanceMark, Session
from cohorts.training.queries.attendance import could_make_up, hours_for, is_expected, list_of
from cohorts.training.telling_apart import Said, verdict
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .sessions import Stale

Stated = dict[uuid.UUID, tuple[str, str]]  # mentee to state and reason


@transaction.atomic
def state_attendance(*, by: User, session: Session, stated: Stated, source: str) -> int:
    """What a list or a sheet says, of any number of people at once; how many statements were new. Saying the same
    again says nothing. Raises Refused for people who have no place on the list, and before the first day."""
    locked(session)
    refuse_unless_kept(session)
    if session.date > session.studio.today():
        raise Refused(_("还没到日子，到了那天再记。"))
    listed = {each.mentee.pk: each for each in list_of(session)}
    if set(stated) - set(listed):
        raise Refused(_("名单里有人不在这次培训的应到名单上，请重新打开名单。"))
    worth = hours_for(session, stated)
    told = {}
    for pk, (state, reason) in stated.items():
        row, new = say(by=by, session=session, mentee=listed[pk].mentee, source=source, state=state, reason=reason,
                       hours=worth[pk])  # fmt: skip
        if new:
            told[str(row.mentee)] = state
    if told:
        after = {"source": source, "states": told}
        record(by=by, verb="attendance.stated", on=session, studio=session.studio_id, after=after)
    return len(told)


@transaction.atomic
def sign_in(*, by: User, session: Session, mentee: Mentee) -> bool:
    """Present by the code at the door; False when they had signed in already. Raises Refused for one not expected."""
    locked(session)
    refuse_unless_kept(session)
    if not is_expected(session, mentee):
        raise Refused(_("您不在这次培训的应到名单上。要是弄错了，请找门口的工作人员。"))
    row, new = say(
        by=by, session=session, mentee=mentee, source=MarkSource.QR, state=AttendanceState.PRESENT,
        hours=hours_for(session, [mentee.pk])[mentee.pk],
    )  # fmt: skip
    if new:
        record(by=by, verb="attendance.signed_in", on=row, studio=session.studio_id, after={"session": str(session)})
    return new


@transaction.atomic
def ask_leave(*, by: User, session: Session, mentee: Mentee, state: str, reason: str) -> None:
    """Leave or duty, said beforehand by the person. Raises Refused once the session has begun or without a reason."""
    locked(session)
    refuse_unless_kept(session)
    if (
        session.date < session.studio.today()
        or session.attendance.filter(mentee=mentee, state=AttendanceState.PRESENT).exists()
    ):
        raise Refused(_("已经开始了，请直接告诉专员。"))
    if state not in {AttendanceState.LEAVE, AttendanceState.DUTY}:
        raise Refused(_("请选请假还是公差。"), field="state")
    if not reason.strip():
        raise Refused(_("写一句为什么来不了。"), field="reason")
    if not is_expected(session, mentee):
        raise Refused(_("您不在这次培训的应到名单上，不用请假。"))
    row, new = say(
        by=by, session=session, mentee=mentee, source=MarkSource.ASKED, state=state, reason=reason.strip(), hours=0
    )
    if new:
        record(by=by, verb="attendance.leave_asked", on=row, studio=session.studio_id, after={"state": state})


@transaction.atomic
def settle(*, by: User, attendance: Attendance, version: int, state: str, reason: str) -> None:
    """The studio's word where two sources differ, or where one was wrong. Raises Stale and Refused without a reason."""
    fresh(attendance, version)
    if not reason.strip():
        raise Refused(_("写一句凭什么这样定。"), field="reason")
    before = attendance.state
    row, _new = say(
        by=by, session=attendance.session, mentee=attendance.mentee, source=MarkSource.SETTLED, state=state,
        reason=reason.strip(), hours=hours_for(attendance.session, [attendance.mentee_id])[attendance.mentee_id],
    )  # fmt: skip
    record(
        by=by, verb="attendance.settled", on=row, studio=row.studio_id, before={"state": before},
        after={"state": row.state, "reason": row.reason},
    )  # fmt: skip


@transaction.atomic
def make_up(*, by: User, attendance: Attendance, version: int, session: Session) -> None:
    """`session` was attended instead; its hours count once, under the session that was missed. Raises Refused, Stale."""
    fresh(attendance, version)
    if attendance.is_present:
        raise Refused(_("这一次到了，不用补课。"))
    if not could_make_up(attendance).filter(pk=session.pk).exists():
        raise Refused(_("这一次本来就该到，或者已经算过了，不能当补课。"), field="session")
    attendance.make_up = session
    attendance.hours = hours_for(attendance.session, [attendance.mentee_id])[attendance.mentee_id]
    attendance.version += 1
    attendance.save()
    record(
        by=by, verb="attendance.made_up", on=attendance, studio=attendance.studio_id, after={"session": str(session)}
    )


def say(
    *, by: User, session: Session, mentee: Mentee, source: str, state: str, hours, reason: str = ""
) -> tuple[Attendance, bool]:
    """Adds a mark and works out the row. The session is locked by the caller, so that nobody else adds one meanwhile."""
    row = Attendance.objects.filter(session=session, mentee=mentee).first()
    marks = list(row.marks.all()) if row else []
    said = [Said(mark.source, mark.state, mark.reason) for mark in marks]
    latest = next((each for each in reversed(said) if each.source == source), None)
    again = latest and (latest.state, latest.reason) == (state, reason)
    if again and source != MarkSource.SETTLED:
        return row, False
    found = verdict([*said, Said(source, state, reason)])
    row = row or Attendance(studio=session.studio, session=session, mentee=mentee, version=0)
    put(row, found, hours)
    row.recorded_by = by.acting_user or by
    row.version += 1
    row.save()
    AttendanceMark.objects.create(
        studio=session.studio, attendance=row, source=source, state=state, reason=reason, place=len(marks) + 1,
        by=by.acting_user or by,
    )  # fmt: skip
    return row, True


def put(row: Attendance, found, hours) -> None:
    """Being there is worth the hours; having made up stays worth them as long as one was not there."""
    row.source, row.state, row.reason, row.disputed = found
    if row.is_present:
        row.make_up = None
    row.hours = hours if row.is_present or row.make_up_id else 0
    if row.is_present and Attendance.objects.filter(mentee=row.mentee, make_up=row.session_id).exists():
        row.hours = 0  # it counts already, for the session it made up


def fresh(attendance: Attendance, version: int) -> None:
    locked(attendance.session)
    locked(attendance)
    if attendance.version != version:
        raise Stale(_("刚才有人改过这一条。看一下现在的，再定。"))


def refuse_unless_kept(session: Session) -> None:
    if not session.keeps_attendance:
        raise Refused(_("这一次不记出勤。"))


def everyone_else(session: Session, stated: Stated) -> Iterable[uuid.UUID]:
    """Those of whom neither the list nor anything before has a word."""
    return [each.mentee.pk for each in list_of(session) if each.row is None and each.mentee.pk not in stated]
