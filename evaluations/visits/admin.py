"""Visits in the admin: for looking up. They are written, signed and followed up on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import Extension, Finding, FindingPhoto, FindingStep, TeamMember, Visit

SEE = Permission.VISIT_VIEW


class TeamInline(StudioInline):
    model = TeamMember
    view_needs = SEE
    fields = readonly_fields = ["user", "name"]
    select_related = ["user"]


@admin.register(Visit)
class VisitAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["number", "date", "mentee", "round", "overall", "state"]
    list_select_related = ["mentee__secretary", "cohort"]
    list_filter = ["cohort", "state", "overall", "date"]
    search_fields = ["mentee__secretary__name", "community__name"]
    search_help_text = _("学员的姓名、居民区")
    ordering = ["-date"]
    fields = [
        "cohort", "number", "round", "date", "mentee", "community", "unannounced", "branch_book", "rounds_book",
        "emergency_plan", "duty", "households", "also_looked_at", "positives", "overall", "mentee_statement", "stated_on",
        "state", "recorded_by", "signed_by", "signed_on", "cancel_reason",
    ]  # fmt: skip
    inlines = [TeamInline]


class StepInline(StudioInline):
    model = FindingStep
    view_needs = SEE
    fields = readonly_fields = ["on", "kind", "by", "text"]
    select_related = ["by"]


class ExtensionInline(StudioInline):
    model = Extension
    view_needs = SEE
    fields = readonly_fields = ["old_due", "new_due", "reason", "asked_by", "asked_on", "state", "decided_by", "answer"]
    select_related = ["asked_by", "decided_by"]


class PhotoInline(StudioInline):
    model = FindingPhoto
    view_needs = SEE
    fields = readonly_fields = ["kind", "order", "taken_by"]
    select_related = ["taken_by"]


@admin.register(Finding)
class FindingAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["text", "visit", "level", "owner", "due", "status", "verified_on"]
    list_select_related = ["visit__mentee__secretary", "owner"]
    list_filter = ["visit__cohort", "level", "status", "due"]
    search_fields = ["visit__mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-found_on"]
    fields = [
        "visit", "number", "found_on", "text", "level", "evidence", "action", "owner", "due", "status", "reported_by",
        "reported_on", "verified_by", "verified_on",
    ]  # fmt: skip
    inlines = [StepInline, ExtensionInline, PhotoInline]
