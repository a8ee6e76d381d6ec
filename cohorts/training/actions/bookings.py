"""A base is taken together with its session, and freed with it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.training.models import BaseBooking, Session
from cohorts.training.planning import taken_halves
from mentorship.common.errors import Refused
from mentorship.places.models import Base


def book(session: Session) -> None:
    """Takes the base for every half-day of a standing session; what it had before is freed.

    Raises Refused, beside the base, with the name of the session that has it.
    """
    session.bookings.all().delete()
    if session.base_id is None or session.is_cancelled:
        return
    Base.objects.select_for_update().get(pk=session.base_id)  # the second of two waits here
    wanted = list(taken_halves(session.date, session.last_date, session.starts_at, session.ends_at))
    rows = BaseBooking.objects.filter(base=session.base_id, date__range=(session.date, session.last_date))
    for other in rows.select_related("session"):
        if (other.date, other.half) in wanted:
            refuse(other)
    own = {"studio_id": session.studio_id, "base_id": session.base_id, "session": session}
    try:
        with transaction.atomic():
            BaseBooking.objects.bulk_create(BaseBooking(date=day, half=half, **own) for day, half in wanted)
    except IntegrityError as error:
        raise Refused(_("这个基地刚刚被别的安排占了，请换一天。"), field="base") from error


def refuse(booking: BaseBooking) -> None:
    told = {"day": booking.date.isoformat(), "half": booking.get_half_display(), "title": booking.session.title}
    raise Refused(_("这个基地%(day)s%(half)s已经有“%(title)s”，请换一天或换一处。") % told, field="base")
