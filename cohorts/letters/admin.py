"""Letters and their replies in the admin: for looking up. They are written, signed and sealed on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cohorts.letters.models import ApprenticeshipLetter, LetterReply
from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section

from . import admin_papers  # noqa: F401 - registers the papers

SEE = Permission.LETTER_VIEW


@admin.register(ApprenticeshipLetter)
class ApprenticeshipLetterAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["pairing", "state", "style", "date", "sealed_at"]
    list_select_related = ["cohort", "pairing__mentor__secretary", "pairing__mentee__secretary"]
    list_filter = ["cohort", "state", "style"]
    search_fields = ["pairing__mentee__secretary__name", "pairing__mentor__secretary__name"]
    search_help_text = _("师徒的姓名")
    ordering = ["-date"]
    fields = [
        "cohort", "pairing", "state", "style", "salutation", "who_i_am", "why_you", "wish", "vow_1", "vow_2", "vow_3",
        "plea", "close", "sign", "post", "introducer", "date", "handed_in_at", "read_at", "sealed_at", "code", "digest",
        "version",
    ]  # fmt: skip

    def get_queryset(self, request):
        """A draft is the writer's alone, here too."""
        return super().get_queryset(request).exclude(state="draft")


@admin.register(LetterReply)
class LetterReplyAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = SEE
    list_display = ["letter", "decision", "written_by", "date", "sent_at"]
    list_select_related = ["letter__pairing__mentor__secretary", "letter__pairing__mentee__secretary"]
    list_filter = ["decision", "written_by"]
    search_fields = ["letter__pairing__mentor__secretary__name"]
    search_help_text = _("师傅的姓名")
    ordering = ["-date"]
    fields = [
        "letter", "decision", "written_by", "addressee", "text", "first_lesson", "rules", "sign", "date",
        "transcribed_by", "sent_at", "version",
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).filter(sent_at__isnull=False)
