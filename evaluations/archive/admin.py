"""Bound files in the admin: for looking up. They are bound and checked on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section

from .models import BoundFile


@admin.register(BoundFile)
class BoundFileAdmin(ReadOnly):
    section = Section.MENTORING
    view_needs = Permission.ARCHIVE_VIEW
    list_display = ["mentee", "cohort", "serial", "number", "bound_on", "bound_by", "checked_by", "retain_until"]
    list_select_related = ["mentee__secretary", "cohort", "bound_by", "checked_by"]
    list_filter = ["cohort", "bound_on", "retain_until"]
    search_fields = ["mentee__secretary__name"]
    search_help_text = _("学员的姓名")
    ordering = ["-bound_on", "serial"]
    fields = [
        "cohort", "mentee", "serial", "number", "bound_on", "bound_by", "checked_by", "checked_on", "retain_until",
        "digest",
    ]  # fmt: skip
