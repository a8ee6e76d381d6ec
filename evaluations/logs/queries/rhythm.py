"""Who has nothing logged: a reason to ask, never a verdict."""

import datetime
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from cohorts.models import Cohort, Mentor, Pairing
from evaluations.logs.models import Attendance, LogReminder

AGREED_DAYS = 30


@dataclass(frozen=True)
class Quiet:
    """A mentor with the pairs that have nothing logged, and whether a reminder went out this month."""

    mentor: Mentor
    pairs: list[Pairing]  # each with `since`, the day of the last log or of the pairing
    reminded: bool


def quiet_pairs(cohort: Cohort, on: datetime.date):
    """Pairs of the day with nothing logged for more than AGREED_DAYS, the longest first, with `since`."""
    attended = Attendance.objects.present().filter(mentee=OuterRef("mentee"), log__date__lte=on).order_by()
    last = Subquery(attended.values("mentee").annotate(last=Max("log__date")).values("last"))
    return (
        Pairing.objects.filter(cohort=cohort)
        .as_of(on)
        .annotate(since=Greatest("starts", Coalesce(last, "starts")))
        .filter(since__lt=on - datetime.timedelta(days=AGREED_DAYS))
        .select_related("mentor__secretary__user", "mentor__studio", "mentor__cohort", "mentee__secretary__community")
        .order_by("mentor__order", "since")
    )


def quiet_mentors(cohort: Cohort, on: datetime.date) -> list[Quiet]:
    """Mentors with a quiet pair, in the order of the groups; nobody who is on track. Two queries."""
    reminded = set(
        LogReminder.objects.filter(cohort=cohort, month=LogReminder.month_of(on)).values_list("mentor", flat=True)
    )
    groups: dict[Mentor, list[Pairing]] = {}
    for pairing in quiet_pairs(cohort, on):
        groups.setdefault(pairing.mentor, []).append(pairing)
    return [Quiet(mentor, pairs, mentor.pk in reminded) for mentor, pairs in groups.items()]
