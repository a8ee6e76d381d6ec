"""Sessions logged with each pair, and who has nothing logged: a reason to ask, never a verdict."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from cohorts.models import Cohort, CohortRules, Mentor, Pairing
from evaluations.logs.models import Attendance, LogReminder
from mentorship.common.dates import month_of

MONTH = 30


@dataclass(frozen=True)
class Quiet:
    """A mentor with the pairs that have nothing logged, and whether a reminder went out this month."""

    mentor: Mentor
    pairs: list[Pairing]  # from `with_sessions`
    reminded: bool


def agreed_days(rules: CohortRules) -> int:
    """Days within which the cohort has agreed on a session: a month, shared by the sessions it asks for."""
    return MONTH // rules.coaching_per_month


def with_sessions(pairings: QuerySet[Pairing], on: datetime.date) -> QuerySet[Pairing]:
    """Adds `sessions`, the number logged with the mentee by that day; `since`, the day of the latest one, or of the
    pairing where that is later; and `began`, the mentee's own first day, whoever taught them then."""
    attended = (
        Attendance.objects.present()
        .filter(mentee=OuterRef("mentee"), log__date__lte=on)
        .order_by()
        .values("mentee")
        .annotate(n=Count("pk"), last=Max("log__date"))
    )
    first = Pairing.objects.filter(mentee=OuterRef("mentee")).order_by("starts").values("starts")[:1]
    return pairings.annotate(
        began=Subquery(first),
        sessions=Coalesce(Subquery(attended.values("n"), output_field=IntegerField()), 0),
        since=Greatest("starts", Coalesce(Subquery(attended.values("last")), "starts")),
    )


def quiet_pairs(cohort: Cohort, on: datetime.date) -> QuerySet[Pairing]:
    """Pairs of the day with nothing logged for longer than agreed, the longest first. `cohort` has its rules."""
    return (
        with_sessions(Pairing.objects.filter(cohort=cohort).as_of(on), on)
        .filter(since__lt=on - datetime.timedelta(days=agreed_days(cohort.rules)))
        .select_related("mentor__secretary__user", "mentor__studio", "mentor__cohort", "mentee__secretary__community")
        .order_by("mentor__order", "since")
    )


def quiet_mentors(cohort: Cohort, on: datetime.date) -> list[Quiet]:
    """Mentors with a quiet pair, in the order of the groups; nobody who is on track. Two queries."""
    reminded = set(LogReminder.objects.filter(cohort=cohort, month=month_of(on)).values_list("mentor", flat=True))
    groups: dict[Mentor, list[Pairing]] = {}
    for pairing in quiet_pairs(cohort, on):
        groups.setdefault(pairing.mentor, []).append(pairing)
    return [Quiet(mentor, pairs, mentor.pk in reminded) for mentor, pairs in groups.items()]
