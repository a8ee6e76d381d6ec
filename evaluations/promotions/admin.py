"""Promotion in the admin: for looking up. Every step is taken on its own page; objections and marks are not here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import Ballot, Candidate, Certificate, PanelMember, PublicNotice, Review, TierStep

SEE = Permission.PROMOTION_VIEW


class PanelInline(StudioInline):
    model = PanelMember
    view_needs = SEE
    fields = readonly_fields = ["name", "post", "is_convener", "present"]


class CandidateInline(StudioInline):
    model = Candidate
    view_needs = SEE
    fields = readonly_fields = ["mentee", "state", "result", "agree", "disagree", "defer", "recused"]
    select_related = ["mentee__secretary"]


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "to_tier", "cohort", "method", "state"]
    list_select_related = ["cohort"]
    list_filter = ["cohort", "to_tier", "state"]
    search_fields = ["candidates__mentee__secretary__name"]
    search_help_text = _("候选人的姓名")
    ordering = ["-date"]
    fields = [
        "cohort", "from_tier", "to_tier", "date", "place", "method", "majority_base", "state", "concluded_at",
        "concluded_by", "digest", "effective_on",
    ]  # fmt: skip
    inlines = [PanelInline, CandidateInline]


@admin.register(Ballot)
class BallotAdmin(ReadOnly):
    """Totals of closed secret votes; those of an open one are nobody's to see."""

    section = Section.MENTORING
    view_needs = SEE
    list_display = ["candidate", "round", "agree", "disagree", "defer"]
    list_select_related = ["candidate__mentee__secretary"]
    ordering = ["candidate", "round"]
    fields = ["candidate", "round", "agree", "disagree", "defer"]


@admin.register(PublicNotice)
class PublicNoticeAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["subject", "starts", "ends", "days", "public"]
    list_filter = ["starts"]
    search_fields = ["subject"]
    ordering = ["-starts"]
    fields = ["review", "subject", "text", "starts", "ends", "days", "venues", "contact", "public", "published_by"]


@admin.register(TierStep)
class TierStepAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["date", "mentee", "from_tier", "to_tier", "basis"]
    list_select_related = ["mentee__secretary", "mentee__cohort"]
    list_filter = ["to_tier", "date"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-date"]
    fields = ["mentee", "from_tier", "to_tier", "date", "basis", "decided_by"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["shown_number", "name", "cohort", "mentor_name", "grade", "date"]
    list_select_related = ["cohort"]
    list_filter = ["cohort", "grade", "date"]
    search_fields = ["name", "mentor_name"]
    search_help_text = _("学员或师傅的姓名")
    ordering = ["-year", "number"]
    fields = [
        "year", "number", "date", "name", "cohort_name", "starts", "ends", "grade", "text", "mentor_name",
        "mentor_signed_at", "studio_signed_at", "studio_signed_by", "reissued", "reissued_on", "digest",
    ]  # fmt: skip

    @admin.display(description=_("证书号"))
    def shown_number(self, certificate):
        return certificate.shown_number
