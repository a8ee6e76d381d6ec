"""What the tests of a case's course share."""

import datetime

from cohorts.clinic.choices import CaseState
from mentorship.audit.models import Entry
from mentorship.notifications.models import Notice, Receipt
from tests.factories.clinic import DAY, make_case


def case_of(cast, state=CaseState.ACTING, **more):
    """Of the cast's mentee; `lead` closed it out."""
    closed = {"closed_by": cast.lead} if state == CaseState.CLOSED else {}
    return make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=state, **closed | more)


def on(studio, day: datetime.date) -> None:
    """The studio's date."""
    studio.demo_today = day
    studio.save(update_fields=["demo_today"])


def days_on(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("verb", flat=True))


def told(kind: str) -> set[str]:
    """Names of those who got a notice of this kind."""
    return set(Receipt.objects.filter(notice__kind=kind).values_list("recipient__name", flat=True))


def notice_of(kind: str) -> Notice:
    return Notice.objects.filter(kind=kind).latest("created_at")
