"""Rounds in the admin: for looking up. They are run on their own pages; scores have no door here at all."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section

from .models import ReviewRequest, Round, Scheme, Sheet

SEE = Permission.ASSESSMENT_VIEW


@admin.register(Scheme)
class SchemeAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["cohort", "number", "made_by", "locked_at"]
    list_select_related = ["cohort", "made_by"]
    list_filter = ["cohort"]
    ordering = ["-cohort__starts", "-number"]
    fields = [
        "cohort", "number", "note", "cut_excellent", "cut_good", "cut_pass", "quota", "quota_small",
        "attendance_floor", "missing", "made_by", "locked_at",
    ]  # fmt: skip


@admin.register(Round)
class RoundAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["kind", "cohort", "starts", "ends", "status"]
    list_select_related = ["cohort"]
    list_filter = ["cohort", "kind", "status"]
    ordering = ["-starts"]
    fields = [
        "cohort", "kind", "starts", "ends", "due", "scheme", "status", "studio_rater", "computed_by", "computed_at",
        "released_by", "released_on", "digest",
    ]  # fmt: skip


@admin.register(Sheet)
class SheetAdmin(ReadOnly):
    """What was said and signed. Totals and grades stand on the pages of the round, where the time of release is kept."""

    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentee", "round", "reported_at", "talked_on", "signed_at"]
    list_select_related = ["mentee__secretary", "round__cohort"]
    list_filter = ["round__kind", "talked_on"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-round__starts", "mentee__secretary__sort_key"]
    fields = ["round", "mentee", "report", "reported_at", "talked_on", "talked_by", "signed_at"]


@admin.register(ReviewRequest)
class ReviewRequestAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["sheet", "filed_on", "answer_by", "state", "decided_by", "decided_on"]
    list_select_related = ["sheet__mentee__secretary", "sheet__round", "decided_by"]
    list_filter = ["state", "filed_on"]
    search_fields = ["sheet__mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-filed_on"]
    fields = [
        "sheet", "filed_on", "ground", "answer_by", "state", "finding", "decided_by", "decided_on",
    ]  # fmt: skip
