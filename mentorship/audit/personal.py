"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import TRAIL, TRAIL_READERS, Table, plain

TABLES = [
    Table(
        "audit.Entry",
        _("操作记录：谁在什么时候做了什么"),
        TRAIL_READERS,
        TRAIL,
        plain="studio_id sequence at verb object_type previous_digest digest",
        links="actor_id principal_id object_id",
        forever="actor_name principal_name object_name before after",
    ),
    plain("audit.ChainHead", "studio_id sequence digest"),
    plain("audit.SentForm", "digest at location"),
]
