"""What other parts of the product ask of visits."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from cohorts.models import Cohort, Mentee
from evaluations.visits.choices import FindingState
from evaluations.visits.models import Finding, Visit

SOON = 3  # days


@dataclass(frozen=True)
class Counts:
    """Of one apprentice within a span of days: signed visits, findings they raised, findings closed, and how many of
    the closed were mended by their day. `open` and `overdue` as of the end of the span."""

    visits: int = 0
    raised: int = 0
    closed: int = 0
    in_time: int = 0
    open: int = 0
    overdue: int = 0


def open_findings_of(mentee: Mentee) -> QuerySet[Finding]:
    """Of signed visits and not closed yet, the soonest due first."""
    return Finding.objects.unclosed().filter(visit__mentee=mentee).for_lists().order_by("due", "found_on", "number")


def overdue(cohort: Cohort, on: datetime.date) -> QuerySet[Finding]:
    """Past their day on `on` and not closed, the longest first."""
    return Finding.objects.overdue(on).filter(visit__cohort=cohort).for_lists().order_by("due", "found_on", "number")


def counts_of(mentees: Iterable[Mentee], since: datetime.date, until: datetime.date) -> dict[UUID, Counts]:
    """mentee id -> Counts, `until` included; everyone asked for is in it. Visits and findings go by the day of the
    visit, what became of them by what was known on `until`. Two queries."""
    ids = [mentee.pk for mentee in mentees]
    visited = (
        Visit.objects.signed()
        .filter(mentee__in=ids, date__range=(since, until), signed_on__lte=until)
        .order_by()
        .values_list("mentee")
        .annotate(n=Count("pk"))
    )
    visits = dict(visited)
    rows = Finding.objects.followed().filter(
        visit__mentee__in=ids, found_on__range=(since, until), visit__signed_on__lte=until
    )
    closed = Q(status=FindingState.CLOSED, verified_on__lte=until)
    sums = {
        row["visit__mentee"]: row
        for row in rows.order_by()
        .values("visit__mentee")
        .annotate(
            raised=Count("pk"),
            closed=Count("pk", filter=closed),
            in_time=Count("pk", filter=closed & Q(reported_on__lte=F("due"))),
            overdue=Count("pk", filter=~closed & Q(due__lt=until)),
        )
    }
    return {pk: counts(visits.get(pk, 0), sums.get(pk)) for pk in ids}


def counts(visits: int, row: dict | None) -> Counts:
    if row is None:
        return Counts(visits=visits)
    raised, closed = row["raised"], row["closed"]
    return Counts(visits, raised, closed, row["in_time"], raised - closed, row["overdue"])
