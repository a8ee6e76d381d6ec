"""The studio's own table of days, for years that the library does not know and for days moved late."""

import datetime

from django.db import transaction

from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.places.models import Holiday, Studio


@transaction.atomic
def set_holiday(*, by: User, studio: Studio, date: datetime.date, is_working: bool, note: str = "") -> Holiday:
    """Writes the day down, or corrects it."""
    before = Holiday.objects.filter(studio=studio, date=date).values("is_working", "note").first() or {}
    row, _new = Holiday.objects.update_or_create(
        studio=studio, date=date, defaults={"is_working": is_working, "note": note}
    )
    after = {"is_working": is_working, "note": note}
    record(by=by, verb="holiday.set", on=row, studio=studio, before=before, after=after)
    return row


@transaction.atomic
def remove_holiday(*, by: User, holiday: Holiday) -> None:
    """The day counts by the national list again."""
    before = {"is_working": holiday.is_working, "note": holiday.note}
    record(by=by, verb="holiday.removed", on=holiday, studio=holiday.studio_id, before=before)
    holiday.delete()
