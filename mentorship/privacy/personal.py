"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import OFFICE, SELF, TRAIL, Drop, Keep, Table

TABLES = [
    Table(
        "privacy.OwnCopy", _("把您的资料给您一份"), SELF, Keep(_("7天后删除文件")), ("user",), Drop.NOW,
        links="user", plain="language state finished_at done total", derived="file",
    ),
    Table(
        "privacy.Erasure", _("谁被注销了、为什么、档案留到哪天"), OFFICE, TRAIL,
        links="secretary user by", plain="reason done_on papers_until finished_on",
    ),
]  # fmt: skip
ASKED = {"typed_name reason": _("谁被注销了、为什么、档案留到哪天")}
