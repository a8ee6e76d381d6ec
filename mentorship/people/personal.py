"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import REGISTER, REGISTER_READERS, Table

from .models import Secretary
from .portraits import small_name

TABLES = [
    Table(
        "people.Secretary",
        _("书记名册：推荐、选聘、联系"),
        REGISTER_READERS,
        REGISTER,
        ("pk",),
        links="user",
        facts="sex community post post_since working_state service_years dual_post left_on",
        erase="phone education prior_job strengths note portrait left_reason",
        paper_name="name",
        paper="name_en birth",
        derived="spelling initials sort_key",
        withheld={"note": _("工作室自己的工作备注，请当面问工作室")},
    )
]
ASKED = {
    "file": _("从表格导入名册"),
    "reason": _("为什么离开名册"),
    "role": _("登录和联系"),
    "seen": _("看看有没有人同时在改"),
}


def file_beside(name: str) -> str:
    """The small square that lies beside a portrait goes with it."""
    return small_name(name) if name.startswith(Secretary._meta.get_field("portrait").upload_to) else ""
