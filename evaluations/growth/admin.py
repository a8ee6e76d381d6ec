"""Levels, plans and draws in the admin: for looking up. They are made on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import CallBack, GapPlan, GapRow, Rating, SampleDraw

SEE = Permission.RATING_VIEW


@admin.register(Rating)
class RatingAdmin(ReadOnly):
    """Without the note: it may tell of a sensitive log, and its page knows who may read that."""

    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "mentee", "indicator", "level", "source", "rated_by", "undone_at"]
    list_select_related = ["mentee__secretary", "indicator", "rated_by", "cohort"]
    list_filter = ["cohort", "source", "date"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-date", "-created_at"]
    fields = ["cohort", "mentee", "indicator", "level", "date", "source", "rated_by", "undone_at"]


class GapRowInline(StudioInline):
    model = GapRow
    view_needs = SEE
    fields = readonly_fields = [
        "order", "indicator", "level_now", "target", "method", "action", "evidence", "card", "due", "result", "result_note",
    ]  # fmt: skip
    select_related = ["indicator", "card"]


@admin.register(GapPlan)
class GapPlanAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentee", "starts", "ends", "state", "created_by"]
    list_select_related = ["mentee__secretary", "cohort", "created_by"]
    list_filter = ["cohort", "state", "starts"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-starts"]
    fields = [
        "cohort", "mentee", "starts", "ends", "state", "created_by", "carried_from", "mentee_agreed_at",
        "mentor_agreed_at", "closed_at", "version",
    ]  # fmt: skip
    inlines = [GapRowInline]


class CallBackInline(StudioInline):
    model = CallBack
    view_needs = SEE
    fields = readonly_fields = ["log", "mentee", "answer", "note", "asked_by", "asked_on"]
    select_related = ["log", "mentee__secretary", "asked_by"]


@admin.register(SampleDraw)
class SampleDrawAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["created_at", "cohort", "seed", "drawn_by"]
    list_select_related = ["cohort", "drawn_by"]
    list_filter = ["cohort"]
    search_fields = ["seed"]
    search_help_text = _("种子")
    ordering = ["-created_at"]
    fields = ["cohort", "seed", "rule", "drawn", "drawn_by"]
    inlines = [CallBackInline]
