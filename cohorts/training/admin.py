"""The plan in the admin: for looking up. It is made on its own pages, which take the base and tell the people."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import Attendance, AttendanceMark, BaseBooking, Course, Enrolment, Session, Wish

SEE = Permission.TRAINING_VIEW


class CourseInline(StudioInline):
    model = Course
    view_needs = SEE
    fields = readonly_fields = ["title", "teacher", "subject", "hours", "capacity", "place"]
    select_related = ["subject"]


class BookingInline(StudioInline):
    model = BaseBooking
    view_needs = SEE
    fields = readonly_fields = ["base", "date", "half"]
    select_related = ["base__community"]


@admin.register(Session)
class SessionAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "title", "kind", "track", "hours", "where", "state"]
    list_select_related = ["cohort", "base__community"]
    list_filter = ["cohort", "kind", "track", "state", "date"]
    search_fields = ["title", "place", "teacher"]
    search_help_text = _("题目、地点或主讲人")
    ordering = ["-date"]
    fields = [
        "cohort", "kind", "track", "title", "title_en", "subject", "date", "last_date", "starts_at", "ends_at", "hours",
        "place", "base", "host", "teacher", "method", "materials", "capacity", "choose_by", "state", "cancel_reason",
        "allocated_at",
    ]  # fmt: skip
    inlines = [CourseInline, BookingInline]


class OfElective(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_select_related = ["mentee__secretary", "session", "course"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")


@admin.register(Wish)
class WishAdmin(OfElective):
    list_display = ["session", "mentee", "rank", "course"]
    fields = ["session", "mentee", "rank", "course"]


@admin.register(Enrolment)
class EnrolmentAdmin(OfElective):
    list_display = ["session", "mentee", "course", "state", "position", "rank"]
    list_filter = ["state"]
    fields = ["session", "mentee", "course", "state", "position", "rank", "placed_by"]


class MarkInline(StudioInline):
    model = AttendanceMark
    view_needs = SEE
    fields = readonly_fields = ["source", "state", "reason", "by", "at"]
    select_related = ["by"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["session", "mentee", "state", "source", "hours", "disputed"]
    list_select_related = ["mentee__secretary", "session"]
    list_filter = ["state", "source", "disputed"]
    search_fields = ["mentee__secretary__name", "session__title"]
    search_help_text = _("学员的姓名、培训的题目")
    fields = ["session", "mentee", "state", "reason", "source", "hours", "disputed", "make_up", "recorded_by"]
    inlines = [MarkInline]
