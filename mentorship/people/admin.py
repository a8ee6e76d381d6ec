from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import StudioAdmin, StudioForm
from mentorship.common.admin_site import Section
from mentorship.common.forms import MonthField

from .models import Secretary


class SecretaryForm(StudioForm):
    birth = MonthField(label=_("出生年月"))
    post_since = MonthField(label=_("任职时间"))


@admin.register(Secretary)
class SecretaryAdmin(StudioAdmin):
    """The account and the day of leaving are set by their own acts on the register's pages."""

    section = Section.REGISTER
    view_needs = Permission.REGISTER_VIEW
    edit_needs = add_needs = Permission.REGISTER_EDIT
    form = SecretaryForm
    list_display = ["name", "community", "subdistrict", "post", "post_since", "working_state", "phone", "left_on"]
    list_select_related = ["community__subdistrict"]
    list_filter = ["community__subdistrict", "post", "working_state", "sex"]
    search_fields = ["name", "spelling", "initials", "phone", "community__name"]
    search_help_text = _("姓名、拼音首字母、手机或居民区")
    ordering = ["sort_key", "name", "id"]
    autocomplete_fields = ["community"]
    readonly_fields = ["user", "left_on", "left_reason"]
    fieldsets = [
        (None, {"fields": ["name", "name_en", "sex", "birth", "education", "phone"]}),
        (_("任职"), {
            "fields": ["community", "post", "post_since", "dual_post", "working_state", "service_years", "prior_job"]
        }),
        (_("其他"), {"fields": ["strengths", "note", "user", "left_on", "left_reason"]}),
    ]  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        """As on the register's page: name, phone, and pinyin or its initials from the start."""
        if not search_term:
            return queryset, False
        return queryset.search(search_term) | queryset.filter(community__name__icontains=search_term), False

    @admin.display(description=_("街镇"), ordering="community__subdistrict")
    def subdistrict(self, row):
        return row.community.subdistrict
