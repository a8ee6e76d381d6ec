"""Wishes, bars and drafts to look up. The pairing itself is made on its own workbench."""

from django.contrib import admin

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly, StudioInline
from mentorship.common.admin_site import Section

from .models import Bar, Placement, Proposal, Wish

SEE = Permission.MATCH_VIEW
PAIR = ["cohort", "mentor__secretary", "mentee__secretary"]


class PlacementInline(StudioInline):
    model = Placement
    view_needs = SEE
    fields = readonly_fields = ["mentee", "mentor", "pinned", "score"]
    select_related = ["mentee__secretary", "mentor__secretary"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["__str__", "cohort", "method", "status", "made_by", "published_by", "published_at"]
    list_select_related = ["cohort", "made_by", "published_by"]
    list_filter = ["cohort", "status", "method"]
    ordering = ["-cohort__starts", "-number"]
    fields = [
        "cohort", "number", "method", "status", "based_on", "weights", "seed", "made_by", "published_by", "published_at",
    ]  # fmt: skip
    inlines = [PlacementInline]


@admin.register(Wish)
class WishAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentor", "mentee", "side", "rank", "cohort"]
    list_select_related = PAIR
    list_filter = ["cohort", "side"]
    search_fields = ["mentor__secretary__name", "mentee__secretary__name"]
    ordering = ["-cohort__starts", "side", "rank"]
    fields = ["cohort", "side", "mentor", "mentee", "rank"]


@admin.register(Bar)
class BarAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentor", "mentee", "kind", "note", "cohort"]
    list_select_related = PAIR
    list_filter = ["cohort", "kind"]
    search_fields = ["mentor__secretary__name", "mentee__secretary__name"]
    ordering = ["-cohort__starts", "mentor__order"]
    fields = ["cohort", "mentor", "mentee", "kind", "note"]
