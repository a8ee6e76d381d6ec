"""Meetings in the admin: for looking up. They are kept on their own pages, which freeze, count and tell."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import ActionItem, Attendee, Meeting, Minutes, Product

SEE = Permission.MEETING_VIEW


class AttendeeInline(StudioInline):
    model = Attendee
    view_needs = SEE
    fk_name = "meeting"
    fields = readonly_fields = ["secretary", "user", "name", "capacity", "presence", "reason"]
    select_related = ["secretary", "user"]


@admin.register(Meeting)
class MeetingAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "topic", "kind", "full_number", "where", "state"]
    list_select_related = ["cohort", "base__community"]
    list_filter = ["cohort", "kind", "state", "date"]
    search_fields = ["topic", "place"]
    search_help_text = _("议题或地点")
    ordering = ["-date"]
    fields = [
        "cohort", "kind", "year", "number", "topic", "topic_en", "date", "starts_at", "ends_at", "base", "place",
        "source", "opening_case", "issued_to", "state", "cancel_reason",
    ]  # fmt: skip
    inlines = [AttendeeInline]


@admin.register(ActionItem)
class ActionItemAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["due", "text", "owner", "state", "meeting"]
    list_select_related = ["meeting", "owner__secretary", "owner__user"]
    list_filter = ["state", "due"]
    search_fields = ["text"]
    search_help_text = _("事项")
    ordering = ["-due"]
    fields = [
        "meeting", "number", "text", "owner", "due", "state", "progress", "reported_by", "reported_at", "closed_by",
        "closed_at",
    ]  # fmt: skip


@admin.register(Minutes)
class MinutesAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["meeting", "version", "date", "written_by", "issued_by"]
    list_select_related = ["meeting", "written_by", "issued_by"]
    search_fields = ["meeting__topic"]
    search_help_text = _("议题")
    ordering = ["-date"]
    fields = ["meeting", "version", "date", "written_by", "issued_by", "reason", "digest"]


@admin.register(Product)
class ProductAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["title", "kind", "author", "cohort"]
    list_select_related = ["cohort"]
    list_filter = ["cohort", "kind"]
    search_fields = ["title", "author"]
    search_help_text = _("名称或总结的人")
    fields = ["cohort", "meeting", "kind", "title", "use", "steps", "caution", "author", "subject", "made_by"]
