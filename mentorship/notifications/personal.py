"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import SELF_OFFICE, Drop, Keep, Table

KEPT = Keep(_("3年"), years=3, since="created_at")
TABLES = [
    Table(
        "notifications.Receipt",
        _("消息送到谁、看了没有、签收了没有"),
        SELF_OFFICE,
        KEPT,
        ("recipient",),
        Drop.NOW,
        plain="notice",
        links="recipient",
        facts="read_at acknowledged_at emailed_at",
    ),
    Table(
        "notifications.Notice",
        _("告诉您该做什么、有什么变了"),
        SELF_OFFICE,
        Keep(_("带教期间；注销的人从里面去掉姓名和手机号")),
        plain="kind url needs_acknowledgement deadline reminded_at withdrawn_at",
        links="sender withdrawn_by",
        scrub="particulars withdraw_reason",
    ),
]
ASKED = {"audience chosen": _("消息送到谁、看了没有、签收了没有"), "reason text title": _("告诉您该做什么、有什么变了")}
