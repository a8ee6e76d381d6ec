"""会诊日: sessions of the kind clinic, and the cases that are spoken about on them."""

import datetime

from django.db import models
from django.db.models import Count, Prefetch, Q, QuerySet, Value, When

from cohorts.clinic.choices import CaseState, Urgency
from cohorts.clinic.models import Case, Consult
from cohorts.training.choices import SessionKind, SessionState
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.places.models import Studio

MOST_WAITING = 20
IN_QUESTION = {CaseState.WAITING, CaseState.CONSULTING}  # what a day is for above all


def days_seen(user: User) -> QuerySet[Session]:
    return Session.objects.visible_to(user).filter(kind=SessionKind.CLINIC)


def days_of(user: User, studio: Studio | None) -> QuerySet[Session]:
    """With `grouped`: how many cases stand on each."""
    return days_seen(user).filter(studio=studio).for_lists().annotate(grouped=Count("cases"))


def is_past(day: Session, today: datetime.date) -> bool:
    return day.last_date < today


def in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    """As they are taken up: what presses first, then by number."""
    urgent, pressing = When(urgency=Urgency.URGENT, then=0), When(urgency=Urgency.PRESSING, then=1)
    return cases.order_by(models.Case(urgent, pressing, default=Value(2)), "number")


def cases_on(day: Session, user: User) -> tuple[list[Case], int]:
    """(those that the reader may see, and how many there are besides)."""
    rows = list(in_order(Case.objects.visible_to(user).filter(session=day).for_lists()))
    return rows, day.cases.count() - len(rows)


def with_mentors(cases: list[Case]) -> list[Case]:
    """Who is asked about each, for those who read the whole clinic."""
    asked = Prefetch("consults", Consult.objects.filter(declined_at=None).select_related("mentor__secretary"))
    models.prefetch_related_objects(cases, asked)
    return cases


def to_add(day: Session, user: User) -> list[Case]:
    """Cases of the cohort whose opinions are still asked for and that stand on no other day to come."""
    coming = Q(session__state__in=SessionState.standing(), session__last_date__gte=day.studio.today())
    rows = Case.objects.visible_to(user).filter(cohort=day.cohort_id, state__in=IN_QUESTION)
    return list(in_order(rows.exclude(session=day).exclude(coming).for_lists())[:MOST_WAITING])
