"""The year in the admin: facts can be corrected here; stages, states and pairs move by their own acts elsewhere."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ActForm, ReadOnly, StudioAdmin, StudioInline
from mentorship.common.admin_site import Section

from . import actions
from .choices import Stage
from .models import (
    Baseline,
    Cohort,
    CohortRules,
    Mentee,
    Mentor,
    Pairing,
    ReminderTalk,
    RosterChange,
    RosterProposal,
    Strength,
)

SEE, EDIT = Permission.COHORT_VIEW, Permission.COHORT_EDIT


class StrengthInline(StudioInline):
    model = Strength
    view_needs = SEE
    fields = readonly_fields = ["subject", "level"]
    select_related = ["subject"]


class BaselineInline(StudioInline):
    model = Baseline
    view_needs = SEE
    fields = readonly_fields = ["subject", "level"]
    select_related = ["subject"]


class RulesInline(StudioInline):
    """For looking up; the parameters have their own page, with words and ranges."""

    model = CohortRules
    template = "admin/edit_inline/stacked.html"
    view_needs = SEE
    fields = readonly_fields = [
        field.name for field in CohortRules._meta.fields if field.name not in {"cohort", "studio"}
    ]


class CohortForm(ActForm):
    def act(self):
        if self.instance._state.adding:
            return actions.create_cohort(by=self.by, studio=self.owner, **self.cleaned_data)
        cohort = Cohort.objects.select_related("rules", "studio").get(pk=self.instance.pk)
        actions.change_rules(by=self.by, cohort=cohort, values=self.cleaned_data)
        return cohort


@admin.register(Cohort)
class CohortAdmin(StudioAdmin):
    section = Section.MENTORING
    view_needs, edit_needs, add_needs = SEE, EDIT, EDIT
    form = CohortForm
    list_display = ["name", "starts", "ends", "stage", "framework", "mentors_planned", "mentees_planned"]
    list_select_related = ["framework"]
    list_filter = ["stage"]
    search_fields = ["name"]
    ordering = ["-starts", "name"]
    fields = ["name", "name_en", "starts", "ends", "stage", "framework", "mentors_planned", "mentees_planned"]
    inlines = [RulesInline]

    def get_readonly_fields(self, request, obj=None):
        return ["stage", "framework"] if obj else ["stage"]


class MemberAdmin(StudioAdmin):
    section = Section.MENTORING
    view_needs, edit_needs = SEE, EDIT
    list_select_related = ["cohort", "secretary__community__subdistrict"]
    search_fields = ["secretary__name", "secretary__spelling", "secretary__initials"]
    search_help_text = _("姓名或拼音")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.cohort.stage != Stage.ARCHIVED)

    @admin.display(description=_("居民区"), ordering="secretary__community")
    def community(self, row):
        return row.secretary.community


class MentorForm(ActForm):
    def act(self):
        return actions.edit_mentor(by=self.by, mentor=Mentor.objects.get(pk=self.instance.pk), **self.cleaned_data)


@admin.register(Mentor)
class MentorAdmin(MemberAdmin):
    form = MentorForm
    list_display = ["secretary", "cohort", "status", "group_name", "community", "capacity", "appointed_on"]
    list_filter = ["cohort", "status"]
    ordering = ["-cohort__starts", "order", "secretary__sort_key"]
    fieldsets = [
        (None, {"fields": ["cohort", "secretary", "status", "appointed_on", "capacity", "recommender"]}),
        (_("考察"), {"fields": [
            "political", "political_evidence", "practice", "practice_evidence", "teaching", "teaching_evidence",
        ]}),
        (_("带教"), {"fields": [
            "base", "group_name", "focus", "specialities", "method_name", "method_text", "honours", "available", "order",
        ]}),
    ]  # fmt: skip
    readonly_fields = [
        "cohort", "secretary", "status", "appointed_on", "political", "political_evidence", "practice",
        "practice_evidence", "teaching", "teaching_evidence",
    ]  # fmt: skip
    inlines = [StrengthInline]


@admin.register(Mentee)
class MenteeAdmin(MemberAdmin):
    list_display = ["secretary", "cohort", "status", "community", "recommended_by", "tier", "reserve_rank"]
    list_select_related = ["cohort", "secretary__community__subdistrict", "recommended_by"]
    list_filter = ["cohort", "status", "recommended_by"]
    ordering = ["-cohort__starts", "secretary__sort_key", "id"]
    fields = [
        "cohort", "secretary", "status", "tier", "reserve_rank", "recommended_by", "reason", "agreed", "first_project",
    ]  # fmt: skip
    readonly_fields = ["cohort", "secretary", "status", "tier", "reserve_rank", "recommended_by"]
    inlines = [BaselineInline]


@admin.register(Pairing)
class PairingAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentee", "mentor", "cohort", "starts", "ends", "seat", "score"]
    list_select_related = ["cohort", "mentor__secretary", "mentee__secretary"]
    list_filter = ["cohort", "ends"]
    search_fields = ["mentee__secretary__name", "mentor__secretary__name"]
    search_help_text = _("师傅或学员的姓名")
    ordering = ["-cohort__starts", "mentor__order", "seat", "starts"]
    fields = ["cohort", "mentor", "mentee", "starts", "ends", "end_reason", "seat", "seats", "score"]


@admin.register(ReminderTalk)
class ReminderTalkAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentee", "date", "talkers", "limit_date"]
    list_select_related = ["mentee__secretary"]
    list_filter = ["date"]
    search_fields = ["mentee__secretary__name"]
    ordering = ["-date"]
    fields = ["mentee", "date", "talkers", "facts", "own_words", "agreed_actions", "limit_date"]


@admin.register(RosterChange)
class RosterChangeAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentee", "kind", "date", "from_mentor", "to_mentor", "proposed_by", "decided_by"]
    list_select_related = [
        "mentee__secretary", "from_mentor__secretary", "to_mentor__secretary", "proposed_by", "decided_by",
    ]  # fmt: skip
    list_filter = ["cohort", "kind", "date"]
    search_fields = ["mentee__secretary__name"]
    ordering = ["-date", "-created_at"]
    fields = [
        "cohort", "mentee", "kind", "date", "until", "from_mentor", "to_mentor", "replaces", "reason",
        "withdraw_reason", "talk", "proposed_by", "decided_by",
    ]  # fmt: skip


@admin.register(RosterProposal)
class RosterProposalAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["mentee", "kind", "date", "state", "proposed_by", "decided_by"]
    list_select_related = ["mentee__secretary", "proposed_by", "decided_by"]
    list_filter = ["kind", "state", "date"]
    search_fields = ["mentee__secretary__name"]
    ordering = ["-proposed_on", "-created_at"]
    fields = [
        "mentee", "kind", "date", "months", "withdraw_reason", "reason", "reevaluation", "talk", "state", "proposed_by",
        "proposed_on", "decided_by", "decided_on", "answer",
    ]  # fmt: skip
