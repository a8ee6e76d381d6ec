"""Letters of appointment and agreements in the admin: for looking up. They are issued and signed on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section

from .models import Agreement, AppointmentLetter

SEE = Permission.LETTER_VIEW


@admin.register(AppointmentLetter)
class AppointmentLetterAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    trail_noun = "appointment"
    list_display = ["number", "name", "date", "term_from", "term_to", "standing"]
    list_select_related = ["mentor__secretary", "mentor__cohort"]
    list_filter = ["mentor__cohort", "date", "voided_at"]
    search_fields = ["number", "name"]
    search_help_text = _("编号或姓名")
    ordering = ["-year", "serial"]
    fields = [
        "number", "mentor", "name", "studio_name", "term_from", "term_to", "reason", "issuer", "signer", "date",
        "voided_at", "void_reason",
    ]  # fmt: skip

    @admin.display(description=_("有效"), boolean=True)
    def standing(self, letter):
        return letter.voided_at is None


@admin.register(Agreement)
class AgreementAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    trail_noun = "agreement"
    list_display = ["pairing", "date", "term_from", "term_to", "complete"]
    list_select_related = ["pairing__mentor__secretary", "pairing__mentee__secretary"]
    list_filter = ["pairing__cohort", "date"]
    search_fields = ["pairing__mentor__secretary__name", "pairing__mentee__secretary__name"]
    search_help_text = _("师傅或学员的姓名")
    ordering = ["-date", "pairing"]
    fields = [
        "pairing", "term_from", "term_to", "goals", "mentor_duties", "mentee_duties", "frequency", "assessment_basis",
        "confidentiality", "integrity", "change_clause", "date", "mentor_signed_at", "mentee_signed_at",
        "studio_signed_at", "studio_signed_by", "digest", "version",
    ]  # fmt: skip

    @admin.display(description=_("三方签齐"), boolean=True)
    def complete(self, agreement):
        return agreement.is_signed
