"""Logs in the admin: for looking up. They are written, corrected and voided on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import Attendance, Homework, HomeworkFile, Reflection, TeachingLog

SEE = Permission.LOG_VIEW


class AttendanceInline(StudioInline):
    model = Attendance
    view_needs = SEE
    fields = readonly_fields = ["mentee", "present", "absent_reason", "confirmed_at", "own_words"]
    select_related = ["mentee__secretary"]


@admin.register(TeachingLog)
class TeachingLogAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "mentor", "kind", "mode", "title", "minutes", "important", "confirmed"]
    list_select_related = ["mentor__secretary", "cohort"]
    list_filter = ["cohort", "kind", "mode", "important", "date"]
    search_fields = ["mentor__secretary__name"]
    search_help_text = _("师傅的姓名")
    ordering = ["-date", "-created_at"]
    fields = [
        "cohort", "mentor", "kind", "date", "starts_at", "minutes", "place", "mode", "subjects", "title", "text",
        "advice", "questions", "highlights", "problems", "improve", "materials", "weather", "next_date", "important",
        "privacy", "sensitive", "author", "confirmed_at", "transcribed_by", "studio_ack_at", "voided_at", "void_reason",
        "version",
    ]  # fmt: skip
    inlines = [AttendanceInline]

    @admin.display(description=_("师傅确认"), boolean=True)
    def confirmed(self, log):
        return log.confirmed_at is not None


class HomeworkFileInline(StudioInline):
    model = HomeworkFile
    view_needs = SEE
    fields = readonly_fields = ["name"]


@admin.register(Homework)
class HomeworkAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["task", "mentee", "set_on", "due", "state", "mark"]
    list_select_related = ["mentee__secretary", "cohort"]
    list_filter = ["cohort", "state", "due"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-set_on"]
    fields = [
        "cohort",
        "mentee",
        "task",
        "set_on",
        "due",
        "state",
        "answer",
        "handed_in_on",
        "mark",
        "comment",
        "commented_by",
        "version",
    ]
    inlines = [HomeworkFileInline]


@admin.register(Reflection)
class ReflectionAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "mentee", "title", "state", "mark"]
    list_select_related = ["mentee__secretary", "cohort"]
    list_filter = ["cohort", "state", "date"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-date", "-created_at"]
    fields = [
        "cohort", "mentee", "date", "title", "text", "one_event", "one_number", "one_regret", "state", "handed_in_at", "mark",
        "comment", "commented_by", "version",
    ]  # fmt: skip
