"""Thirty apprentices beside each other: before and after, in a number of queries that does not grow with them."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee
from evaluations.growth.measures import mean
from mentorship.framework.models import Subject

from .levels import levels_at_both_ends
from .progress import SubjectRow, published, subject_rows

LAST = Decimal(-99)


@dataclass(frozen=True)
class Compared:
    mentee: Mentee | None  # None while rows are only put in order
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
        none = _("暂无")
        parts = [f"{row.subject.short} {none if row.then is None else row.then}→{row.now}" for row in self.rows]
        return _("%(name)s，摸底到现在：%(parts)s") % {"name": self.mentee, "parts": _("，").join(parts)}


def mean_of(values: Sequence[Decimal | None]) -> Decimal | None:
    return published(mean([value for value in values if value is not None]))


def compare(mentees: QuerySet[Mentee], subjects: Sequence[Subject], on: datetime.date) -> list[Compared]:
    """One row an apprentice, in the order of the queryset."""
    return list(Listed(mentees, subjects, on, "name")[:])


def rows_of(people: list[Mentee], subjects: Sequence[Subject], on: datetime.date) -> list[Compared]:
    then, now = levels_at_both_ends([each.pk for each in people], on)
    return [Compared(each, subject_rows(subjects, then.get(each.pk, {}), now.get(each.pk, {}))) for each in people]


def subjects_of(cohort: Cohort) -> list[Subject]:
    return list(Subject.objects.filter(framework=cohort.framework_id).order_by("order"))


class Listed(Sequence):
    """The rows of a comparison in their order, for a paginator: only those of the page are built.

    Sorted by name, nothing is computed but the page. Else the levels of all are summed up without their people.
    """

    def __init__(self, mentees: QuerySet[Mentee], subjects: Sequence[Subject], on: datetime.date, sort: str):
        self.mentees, self.subjects, self.on = mentees, subjects, on
        self.keys = None if sort not in COMPUTED else ordered_ids(mentees, subjects, on, sort)
        self.total = mentees.order_by().count() if self.keys is None else len(self.keys)

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, place):
        if not isinstance(place, slice):
            raise TypeError("pages only")
        if self.keys is None:
            people = list(self.mentees[place])
        else:
            keys = self.keys[place]
            found = {each.pk: each for each in self.mentees.filter(pk__in=keys)}
            people = [found[key] for key in keys]
        return rows_of(people, self.subjects, self.on)


def ordered_ids(
    mentees: QuerySet[Mentee], subjects: Sequence[Subject], on: datetime.date, sort: str
) -> list[uuid.UUID]:
    """Ids by the published figures; equals stay in the order of the queryset."""
    then, now = levels_at_both_ends(mentees.order_by().values("pk"), on)
    keys = [
        (key, subject_rows(subjects, then.get(key, {}), now.get(key, {})))
        for key in mentees.values_list("pk", flat=True)
    ]
    return [key for key, _rows in sorted(keys, key=lambda each: COMPUTED[sort](Compared(None, each[1])))]


def by_mean(row: Compared) -> Decimal:
    return -(row.now_mean if row.now_mean is not None else LAST)


def by_change(row: Compared) -> Decimal:
    return -(row.change if row.change is not None else LAST)


def by_lowest(row: Compared) -> Decimal:
    return row.lowest.now if row.lowest else -LAST


COMPUTED = {"now": by_mean, "change": by_change, "lowest": by_lowest}  # from the highest; lowest: from the lowest
