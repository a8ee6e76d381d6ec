"""What became of the cases that somebody presented, as the assessments count it and a panel or a file reads it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, CaseCard
from cohorts.models import Mentee

from .agenda import LONG


@dataclass(frozen=True)
class Counts:
    """`presented` in the window; of them `closed` by its end, and `long` open: for ninety days or more."""

    presented: int = 0
    closed: int = 0
    long: int = 0

    @property
    def asked_for(self) -> int:
        """What is young and open is nobody's omission."""
        return self.closed + self.long


def counts_of(mentees: Iterable[Mentee], since: datetime.date, until: datetime.date) -> dict[UUID, Counts]:
    """mentee id -> Counts, `until` included; only who presented any. Sensitive ones are counted, as nothing of them is
    told. One query."""
    ids = {mentee.secretary_id: mentee.pk for mentee in mentees}
    cohorts = {mentee.cohort_id for mentee in mentees}
    rows = Case.objects.sent().filter(presenter__in=ids, cohort__in=cohorts, date__range=(since, until))
    closed = Q(state=CaseState.CLOSED, closed_on__lte=until)
    sums = (
        rows.order_by()
        .values("presenter")
        .annotate(
            presented=Count("pk"),
            done=Count("pk", filter=closed),
            long=Count("pk", filter=~closed & Q(date__lte=until - datetime.timedelta(days=LONG))),
        )
    )
    return {ids[row["presenter"]]: Counts(row["presented"], row["done"], row["long"]) for row in sums}


@dataclass(frozen=True)
class Works:
    """`presented` of all, `closed` with effect and lesson, `private` closed ones that are only counted; cards of the
    library written by the mentee or drawn from what they presented."""

    presented: int
    closed: list[Case]
    private: int
    cards: list[CaseCard]


def works_of(mentee: Mentee) -> Works:
    """In the mentee's cohort. Two queries."""
    cases = list(presented_by(mentee).order_by("date", "number"))
    closed = [case for case in cases if case.is_closed]
    own = Q(written_by=mentee.secretary.user_id) | Q(case__in=[case.pk for case in cases])
    cards = CaseCard.objects.published().filter(own, studio=mentee.studio_id).exclude(case__sensitive=True)
    shown = [case for case in closed if not case.sensitive]
    return Works(len(cases), shown, len(closed) - len(shown), list(cards.order_by("published_on", "title")))


def presented_by(mentee: Mentee) -> QuerySet[Case]:
    return Case.objects.sent().filter(presenter=mentee.secretary_id, cohort=mentee.cohort_id)
