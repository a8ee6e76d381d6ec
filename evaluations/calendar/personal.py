"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ACCOUNT, SELF, Drop, Table

TABLES = [
    Table(
        "calendar.CalendarFeed", _("日程进自己的手机"), SELF, ACCOUNT, ("user",), Drop.NOW,
        links="user", erase="digest content_digest content_changed_at last_fetched_at revoked_at", closed=_("只认您手机的日历地址，拿出去别人也能看"),
    )
]  # fmt: skip
ASKED = {"mine": _("日程只看自己的")}
