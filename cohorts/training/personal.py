"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, GROUP, PAIR, SELF_OFFICE, Drop, Table, plain, ten_years

LESSONS, HOURS = _("上课安排"), _("出勤和学时")
TABLES = [
    Table(
        "training.Session", LESSONS, GROUP, ten_years("date"),
        plain="cohort kind track title title_en subject date last_date starts_at ends_at hours place base method materials"
        " capacity choose_by state cancel_reason allocated_at version indicators",
        links="host groups", paper="teacher",
    ),
    Table(
        "training.Attendance", HOURS, PAIR, ARCHIVE, ("mentee__secretary",),
        links="mentee recorded_by", facts="session state source hours disputed make_up", plain="version", paper="reason",
    ),
    Table(
        "training.AttendanceMark", HOURS, PAIR, ARCHIVE, ("attendance__mentee__secretary",),
        links="by", facts="attendance source state at place", paper="reason",
    ),
    plain("training.BaseBooking", "base date half session other title"),
    Table(
        "training.Course", LESSONS, GROUP, ten_years("session__date"),
        plain="session title title_en subject hours capacity place order indicators", paper="teacher",
    ),
    Table(
        "training.Wish", _("选修课的志愿"), SELF_OFFICE, ARCHIVE, ("mentee__secretary",), Drop.NOW,
        links="mentee", facts="session course rank",
    ),
    Table(
        "training.Enrolment", _("选修课的志愿"), PAIR, ARCHIVE, ("mentee__secretary",),
        links="mentee placed_by", facts="session course state rank position",
    ),
]  # fmt: skip
