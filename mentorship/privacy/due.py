"""What is past its time: rows by their own age, papers of the erased, people who left the register long ago."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import DateTimeField, JSONField, Q, QuerySet
from django.utils import timezone

from mentorship.common.dates import years_before
from mentorship.common.personal import LEFT_YEARS, Drop, Table
from mentorship.people.models import Secretary

from .emptying import gone
from .erasing import AT_LAST
from .models import Erasure
from .persons import Person
from .table import model_of, tables


class Aged(NamedTuple):
    table: Table
    rows: QuerySet


def aged(now: datetime.datetime) -> Iterator[Aged]:
    """Rows past the years or days of their own; of those that are emptied, only what is not empty yet."""
    for table in tables().values():
        if not table.keep.since:
            continue
        day = timezone.localdate(now)
        line = years_before(day, table.keep.years) if table.keep.years else day - datetime.timedelta(table.keep.days)
        rows = older(table, line)
        yield Aged(table, rows if table.drop is Drop.NOW else rows.filter(pk__in=rows.filter(not_empty(table))))


def older(table: Table, line: datetime.date) -> QuerySet:
    model, field = model_of(table), None
    for step in table.keep.since.split("__"):
        field = (field.related_model if field else model)._meta.get_field(step)
    lookup = f"{table.keep.since}__date__lt" if isinstance(field, DateTimeField) else f"{table.keep.since}__lt"
    return model._base_manager.filter(**{lookup: line})


def not_empty(table: Table) -> Q:
    rows, model = Q(pk__in=[]), model_of(table)
    for name, at in table.fields.items():
        if at in AT_LAST:
            is_json = isinstance(model._meta.get_field(name), JSONField)
            rows |= ~Q(**{f"{name}__in": [{}, []] if is_json else ["", gone()]})
    return rows


def left_long_ago(today: datetime.date) -> Iterator[Person]:
    """Off the register for so many years, no paper of theirs kept any more, and not erased yet."""
    line = years_before(today, LEFT_YEARS)
    rows = Secretary.objects.filter(left_on__lt=line, erasures=None).select_related("studio", "user")
    for secretary in rows:
        person = Person.of_secretary(secretary)
        until = person.papers_until
        if not person.still_needed and (until is None or until < today):
            yield person


def papers_over(today: datetime.date) -> QuerySet:
    return Erasure.objects.due(today).select_related("studio", "secretary__studio", "user")
