"""What this app holds about people (mentorship.common.personal): nothing."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import plain

TABLES = [
    plain("framework.Framework", "version note scale locked"),
    plain("framework.Subject", "framework code name name_en short_name short_name_en weight order"),
    plain("framework.Indicator", "subject code name name_en order"),
    plain("framework.Level", "indicator level description description_en"),
]
ASKED = {
    " ".join(f"level_{level}_{language}" for level in range(1, 6) for language in ("zh", "en")): _(
        "应知应会的五级说明"
    ),
    "seen": _("看看有没有人同时在改"),
}
