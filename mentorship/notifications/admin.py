from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section

from .models import Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """What was sent and how many have seen it. Who hasn't, and reminding them, is on the notice's own page."""

    section = Section.NOTICES
    view_needs = Permission.NOTICE_SEND
    list_display = [
        "__str__",
        "created_at",
        "sender",
        "needs_acknowledgement",
        "deadline",
        "sent",
        "read",
        "acknowledged",
    ]
    list_select_related = ["sender"]
    list_filter = ["needs_acknowledgement", "created_at"]
    ordering = ["-created_at"]
    fields = [
        "__str__",
        "sender",
        "needs_acknowledgement",
        "deadline",
        "sent",
        "read",
        "acknowledged",
        "reminded_at",
        "withdrawn_at",
        "withdrawn_by",
        "withdraw_reason",
        "created_at",
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return Notice.objects.filter(pk__in=rows.values("pk")).order_by("-created_at").annotate(
            sent_count=Count("receipts"), read_count=Count("receipts__read_at"),
            acknowledged_count=Count("receipts__acknowledged_at"),
        )  # fmt: skip

    @admin.display(description=_("发出（份）"))
    def sent(self, notice):
        return notice.sent_count

    @admin.display(description=_("已读（份）"))
    def read(self, notice):
        return notice.read_count

    @admin.display(description=_("签收（份）"))
    def acknowledged(self, notice):
        return notice.acknowledged_count
