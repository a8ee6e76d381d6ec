"""A week of one cohort in a few figures, for the officer."""

import datetime
from dataclasses import asdict, dataclass

from django.db.models import Count, Q, Sum

from cohorts.models import Cohort
from evaluations.logs.models import TeachingLog

from .rhythm import quiet_mentors

WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Digest:
    """`quiet`: each mentor with the apprentices that have nothing logged, as [mentor, names]; counts are of logs."""

    logs: int
    hours: float
    to_confirm: int
    important: int
    quiet: list[list[str]]

    def as_particulars(self) -> dict:
        return asdict(self)


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def digest_of(cohort: Cohort, monday: datetime.date) -> Digest:
    """The week before `monday`; what waits is counted as of that day. `cohort` has its rules. Four queries."""
    logs = TeachingLog.objects.filter(cohort=cohort).standing()
    week = logs.filter(date__gte=monday - WEEK, date__lt=monday).aggregate(n=Count("pk"), minutes=Sum("minutes"))
    waiting = logs.filter(date__lt=monday).aggregate(
        to_confirm=Count("pk", filter=Q(confirmed_at=None)),
        important=Count("pk", filter=Q(important=True, studio_ack_at=None)),
    )
    quiet = [
        [row.mentor.secretary.name, "、".join(pairing.mentee.secretary.name for pairing in row.pairs)]
        for row in quiet_mentors(cohort, monday - datetime.timedelta(days=1))
    ]
    return Digest(week["n"], round((week["minutes"] or 0) / 60, 1), quiet=quiet, **waiting)
