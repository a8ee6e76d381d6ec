"""The clinic in the admin: for looking up. Cases are sent, answered and closed out on their own pages. Opinions stand here
once they are open, never before; invitations not at all, for what is kept of a link is a secret."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import CardUse, Case, CaseCard, CaseFile, CaseNote, Consult, Opinion, PlanStep

SEE = Permission.CLINIC_VIEW


class ClinicInline(StudioInline):
    view_needs = SEE


class ConsultInline(ClinicInline):
    model = Consult
    fields = readonly_fields = ["mentor", "asked_by", "asked_on", "declined_at", "decline_reason"]
    select_related = ["mentor__secretary", "asked_by"]


class OpinionInline(ClinicInline):
    """Before all are open, nobody's words but one's own are read, and those not here."""

    model = Opinion
    fields = readonly_fields = ["by", "date", "text", "late"]
    select_related = ["consult__mentor__secretary", "invitation"]

    def get_queryset(self, request):
        return super().get_queryset(request).released()

    @admin.display(description=_("会诊人"))
    def by(self, row) -> str:
        return row.by


class StepInline(ClinicInline):
    model = PlanStep
    fields = readonly_fields = ["order", "text", "owner", "owner_name", "due", "done_on", "done_by"]
    select_related = ["owner", "done_by"]


class NoteInline(ClinicInline):
    model = CaseNote
    fields = readonly_fields = ["on", "kind", "by", "text", "figure", "check_result"]
    select_related = ["by"]


class FileInline(ClinicInline):
    """That there is one, without a way to open it: files are private."""

    model = CaseFile
    fields = readonly_fields = ["order", "kind", "name", "added_by"]
    select_related = ["added_by"]


@admin.register(Case)
class CaseAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["number", "date", "title", "category", "urgency", "presenter", "state"]
    list_select_related = ["presenter", "community"]
    list_filter = ["cohort", "state", "category", "urgency", "date"]
    search_fields = ["title", "presenter__name", "community__name"]
    search_help_text = _("题目、提诊人、居民区")
    ordering = ["-date", "-number"]
    fields = [
        "cohort", "number", "presenter", "community", "filed_by", "date", "category", "sub_category", "title", "background",
        "households", "people", "already_tried", "stuck_at", "urgency", "sensitive", "measure", "figure_before",
        "figure_after", "state", "level", "session", "reply_due", "released_at", "settled_on", "outcome", "effect", "lesson",
        "reported_by", "closed_by", "closed_on", "reopened",
    ]  # fmt: skip
    inlines = [ConsultInline, OpinionInline, StepInline, NoteInline, FileInline]

    def get_queryset(self, request):
        """What is sensitive, only for those who look after the clinic, even where they were asked about it."""
        rows = super().get_queryset(request)
        return rows if self.allowed(request, Permission.CLINIC_EDIT) else rows.filter(sensitive=False)


class UseInline(ClinicInline):
    model = CardUse
    fields = readonly_fields = ["kind", "by", "session", "created_at"]
    select_related = ["by", "session"]


@admin.register(CaseCard)
class CaseCardAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["title", "category", "state", "written_by", "reviewed_by", "published_on"]
    list_select_related = ["written_by", "reviewed_by"]
    list_filter = ["state", "category", "published_on"]
    search_fields = ["title"]
    search_help_text = _("题目")
    ordering = ["-published_on", "title"]
    fields = [
        "case", "category", "neighbourhood", "title", "situation", "worked", "steps", "pitfalls", "subjects", "indicators",
        "state", "written_by", "reviewed_by", "published_on", "review_note",
    ]  # fmt: skip
    inlines = [UseInline]
