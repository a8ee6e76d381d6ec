"""A base is taken together with what is held there, and freed with it."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.training.models import BaseBooking, Session
from cohorts.training.planning import taken_halves
from mentorship.common.errors import Refused
from mentorship.places.models import Base


def book(session: Session) -> None:
    """Takes the base for every half-day of a standing session; what it had before is freed.

    Raises Refused, beside the base, with the name of what has it.
    """
    session.bookings.all().delete()
    if session.base_id and not session.is_cancelled:
        halves = taken_halves(session.date, session.last_date, session.starts_at, session.ends_at)
        take(session.base, halves, session=session)


def book_other(
    *,
    other: uuid.UUID,
    title: str,
    base: Base | None,
    date: datetime.date,
    starts_at: datetime.time,
    ends_at: datetime.time,
) -> None:
    """The same for what a higher app holds at a base on one day; without a base it only frees. `title` is its kind, as a
    message of the catalogue. Raises Refused."""
    BaseBooking.objects.filter(other=other).delete()
    if base:
        take(base, taken_halves(date, date, starts_at, ends_at), other=other, title=title)


def take(base: Base, halves, **holder) -> None:
    Base.objects.select_for_update().get(pk=base.pk)  # the second of two waits here
    wanted = list(halves)
    for row in BaseBooking.objects.filter(base=base, date__in={day for day, _half in wanted}).select_related("session"):
        if (row.date, row.half) in wanted:
            refuse(row)
    own = {"studio_id": base.studio_id, "base": base} | holder
    try:
        with transaction.atomic():
            BaseBooking.objects.bulk_create(BaseBooking(date=day, half=half, **own) for day, half in wanted)
    except IntegrityError as error:
        raise Refused(_("这个基地刚刚被别的安排占了，请换一天。"), field="base") from error


def refuse(booking: BaseBooking) -> None:
    told = {"day": booking.date.isoformat(), "half": booking.get_half_display(), "title": booking.what}
    raise Refused(_("这个基地%(day)s%(half)s已经有“%(title)s”，请换一天或换一处。") % told, field="base")
