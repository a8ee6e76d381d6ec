"""Addresses of calendars in the admin: to see who has one, and to take one back. The secret is nowhere."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section

from .actions import revoke_feed
from .models import CalendarFeed


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnly):
    section = Section.REGISTER
    view_needs = Permission.ACCOUNT_VIEW
    act_needs = Permission.ACCOUNT_EDIT
    list_display = ["user", "created_at", "last_fetched_at", "revoked_at"]
    list_select_related = ["user"]
    list_filter = ["created_at"]
    search_fields = ["user__name"]
    search_help_text = _("姓名")
    ordering = ["-created_at"]
    fields = ["user", "created_at", "last_fetched_at", "content_changed_at", "revoked_at"]
    actions = ["take_back"]

    @admin.action(description=_("收回所选订阅地址"), permissions=["act"])
    def take_back(self, request, queryset):
        title, words = gettext("收回订阅地址"), gettext("收回以后，读这些地址的手机和邮箱看不到日程，要本人重新订阅。")
        if page := self.confirm(request, queryset, title=title, words=words):
            return page

        def revoke(feed):
            revoke_feed(by=request.user, feed=feed)

        return self.each(request, queryset.filter(revoked_at=None), revoke, gettext("收回了%(n)s个订阅地址。"))
