"""Thirty apprentices beside each other: before and after, in a number of queries that does not grow with them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee
from evaluations.growth.measures import mean
from mentorship.framework.models import Subject

from .levels import levels_of_all, starting_levels
from .progress import SubjectRow, published, subject_rows

SORTS = ("name", "now", "change", "lowest")


@dataclass(frozen=True)
class Compared:
    mentee: Mentee
    rows: list[SubjectRow]

    @property
    def then_mean(self) -> Decimal | None:
        return mean_of([row.then for row in self.rows])

    @property
    def now_mean(self) -> Decimal | None:
        return mean_of([row.now for row in self.rows])

    @property
    def change(self) -> Decimal | None:
        return None if self.then_mean is None or self.now_mean is None else self.now_mean - self.then_mean

    @property
    def lowest(self) -> SubjectRow | None:
        return min((row for row in self.rows if row.now is not None), key=lambda row: row.now, default=None)

    @property
    def complete(self) -> bool:
        return len(self.rows) >= 3 and all(row.now is not None for row in self.rows)

    @property
    def now(self) -> list[float]:
        return [float(row.now) for row in self.rows]

    @property
    def then(self) -> list[float]:
        values = [float(row.then) for row in self.rows if row.then is not None]
        return values if len(values) == len(self.rows) else []

    @property
    def radar_words(self) -> str:
        parts = [f"{row.subject.short} {row.then if row.then is not None else _('无')}→{row.now}" for row in self.rows]
        return _("%(name)s，摸底到现在：%(parts)s") % {"name": self.mentee, "parts": _("，").join(parts)}


def mean_of(values: Sequence[Decimal | None]) -> Decimal | None:
    return published(mean([value for value in values if value is not None]))


def compare(mentees: QuerySet[Mentee], subjects: Sequence[Subject], on: datetime.date) -> list[Compared]:
    """One row an apprentice, in the order of the queryset. Five queries."""
    people = list(mentees)
    ids = mentees.order_by().values("pk")
    then, now = starting_levels(ids), levels_of_all(ids, on)
    return [Compared(each, subject_rows(subjects, then.get(each.pk, {}), now.get(each.pk, {}))) for each in people]


def subjects_of(cohort: Cohort) -> list[Subject]:
    return list(Subject.objects.filter(framework=cohort.framework_id).order_by("order"))


def in_order(rows: list[Compared], sort: str) -> list[Compared]:
    """By name (as given), by the mean now or its change from the highest, or by the lowest subject from the lowest."""
    last = Decimal(-99)
    if sort == "now":
        return sorted(rows, key=lambda row: -(row.now_mean if row.now_mean is not None else last))
    if sort == "change":
        return sorted(rows, key=lambda row: -(row.change if row.change is not None else last))
    if sort == "lowest":
        return sorted(rows, key=lambda row: row.lowest.now if row.lowest else -last)
    return rows
