"""Who has read and who has signed, as a table."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.common.spreadsheets import write_table

from .models import Notice


def receipts_xlsx(notice: Notice) -> bytes:
    """One line a person, by name: read at, signed at; empty where not."""
    rows = notice.receipts.select_related("recipient").order_by("recipient__name")
    heading = [_("姓名"), _("看过"), _("签收")]
    lines = [[str(row.recipient), at(row.read_at), at(row.acknowledged_at)] for row in rows]
    return write_table(_("签收名单"), heading, lines)


def at(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
