"""Attendance with what was said, made straight in the database."""

from cohorts.training.models import Attendance, AttendanceMark


def make_attended(session, mentee, by, *, state="present", source="list", **more) -> Attendance:
    facts = {"hours": session.hours or 0 if state == "present" else 0} | more
    row = Attendance.objects.create(
        studio=session.studio, session=session, mentee=mentee, state=state, source=source, recorded_by=by, **facts
    )
    AttendanceMark.objects.create(
        studio=session.studio, attendance=row, source=source, state=state, by=by, place=1, reason=row.reason
    )
    return row


def what_attendance_makes(session, mentee, by) -> dict:
    return {"attended": make_attended(session, mentee, by)}
