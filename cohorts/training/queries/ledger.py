"""One ledger: hours by person, subject and track, from the rows of attendance."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from cohorts.models import Cohort, Mentee
from cohorts.training.choices import EnrolmentState, SessionState, Track
from cohorts.training.hours import NO_SUBJECT, Credit, Sums, missed, share, sums_of
from cohorts.training.models import Attendance, Enrolment, Session
from mentorship.framework.models import Subject


@dataclass
class LedgerRow:
    """One person. `missed`: tracks that were held without them getting an hour."""

    mentee: Mentee
    sums: Sums
    missed: list[str]
    target: int
    goal: int

    @property
    def total(self) -> Decimal:
        return self.sums.total

    @property
    def percent(self) -> int:
        return share(self.total, self.target)

    @property
    def to_target(self) -> Decimal:
        return max(self.target - self.total, Decimal(0))


@dataclass(frozen=True)
class Column:
    """`of` is "track" or "subject"; `held` whether there has been any session of it."""

    of: str
    code: str
    label: str
    held: bool


def credits_of(rows: QuerySet[Attendance]) -> list[Credit]:
    """Rows that give hours, each with the subject of the course it was, where it was one."""
    rows = rows.filter(hours__gt=0, session__state__in=SessionState.standing())
    found = list(rows.values_list("mentee", "session", "session__track", "session__subject__code", "hours"))
    placed = Enrolment.objects.filter(state=EnrolmentState.PLACED, mentee__in=rows.values("mentee"))
    courses = {
        (mentee, session): code
        for mentee, session, code in placed.values_list("mentee", "session", "course__subject__code")
    }
    return [
        Credit(mentee, track, courses.get((mentee, session)) or code or NO_SUBJECT, hours)
        for mentee, session, track, code, hours in found
    ]


def rows_until(on: datetime.date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(session__date__lte=on)


def held_tracks(cohort: Cohort, on: datetime.date) -> list[str]:
    """Tracks of which a session with hours has been, in the order of the four trainings."""
    rows = Session.objects.standing().filter(cohort=cohort, last_date__lte=on, hours__gt=0)
    found = set(rows.order_by().values_list("track", flat=True).distinct())
    return [track for track in Track.values if track in found]


def ledger_of(cohort: Cohort, on: datetime.date, *, people: QuerySet[Mentee] | None = None) -> list[LedgerRow]:
    """Everyone in training (or of `people`), with sums until `on`, in the order of the people."""
    if people is None:
        people = Mentee.objects.filter(cohort=cohort).in_training().with_mentor_now().for_lists()
    people = list(people)
    rules = cohort.rules
    credits = credits_of(rows_until(on).filter(mentee__in=[each.pk for each in people]))
    sums = sums_of(credits, [each.pk for each in people])
    held = held_tracks(cohort, on)
    return [
        LedgerRow(each, sums[each.pk], missed(sums[each.pk], held), rules.hours_target, rules.hours_goal)
        for each in people
    ]


def subjects_of(cohort: Cohort) -> list[Subject]:
    return list(Subject.objects.filter(framework=cohort.framework_id).order_by("order"))


def columns_of(cohort: Cohort, on: datetime.date) -> list[Column]:
    """Four tracks, then the subjects. A subject is always expected to be filled."""
    held = held_tracks(cohort, on)
    tracks = [Column("track", code, label, code in held) for code, label in Track.choices]
    return tracks + [Column("subject", each.code, each.short, bool(held)) for each in subjects_of(cohort)]


def hours_of(mentee: Mentee, on: datetime.date) -> Decimal:
    """All hours of one person until `on`."""
    return sum((credit.hours for credit in credits_of(rows_until(on).filter(mentee=mentee))), Decimal(0))
