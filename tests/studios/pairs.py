"""Every place where a row of one studio points at a row that has a studio too, read off the models."""

from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models


class Pair(NamedTuple):
    child: type[models.Model]
    field: models.ForeignKey

    def __str__(self):
        return f"{self.child._meta.label}.{self.field.name}"

    @property
    def parent(self):
        return self.field.related_model

    @property
    def other_end(self):
        """Of a table between two: the end that says which studio the row is of."""
        return next(
            (field for field in self.child._meta.concrete_fields if field != self.field and studio_of(field)), None
        )


def studio_of(field) -> bool:
    return bool(field.is_relation and of_a_studio(field.related_model))


def of_a_studio(model) -> bool:
    try:
        return model._meta.get_field("studio").concrete
    except FieldDoesNotExist:
        return False


def every_pair() -> list[Pair]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        ends = [field for field in model._meta.concrete_fields if studio_of(field)]
        if of_a_studio(model) or len(ends) > 1:
            found += [Pair(model, field) for field in ends]
    return found


def mismatched() -> list[str]:
    """Asked in SQL of every pair, past managers and querysets."""
    return [f"{pair}: {count}" for pair in every_pair() if (count := strays(pair))]


def strays(pair: Pair) -> int:
    child, parent = pair.child._meta.db_table, pair.parent._meta.db_table
    own = "child.studio_id"
    join = f'JOIN "{parent}" up ON up.id = child."{pair.field.column}"'
    if not of_a_studio(pair.child):
        other = pair.other_end
        join += f' JOIN "{other.related_model._meta.db_table}" beside ON beside.id = child."{other.column}"'
        own = "beside.studio_id"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{child}" child {join} WHERE up.studio_id <> {own}')
        return cursor.fetchone()[0]
