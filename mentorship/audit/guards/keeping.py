"""Putting guards up, taking them down for those who may, and saying which are missing."""

import contextlib
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from django.db import connection, transaction
from django.db.models import Model

from mentorship.common.plugs import answers_to

from . import postgresql, sqlite
from .base import Guard, Trigger
from .bonds import bonds


@cache
def manifest() -> tuple[Guard, ...]:
    return tuple(guard for answer in answers_to("guards_of") for guard in answer())


def engine() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite


@cache
def wanted(writer: ModuleType) -> dict[str, Trigger]:
    return writer.wanted(manifest()) | writer.wanted_bonds(bonds())


def standing() -> dict[str, Trigger]:
    with connection.cursor() as cursor:
        return engine().standing(cursor)


def faults(*models: type[Model]) -> list[str]:
    """Names of guards that are missing, put to sleep, other than written here, or not of ours; of all tables, or of these."""
    ought, are = wanted(engine()), standing()
    tables = {model._meta.db_table for model in models}
    return sorted(
        name
        for name in ought.keys() | are.keys()
        if ought.get(name) != are.get(name) and (not tables or (ought.get(name) or are[name]).table in tables)
    )


def execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@transaction.atomic
def install(*models: type[Model]) -> None:
    """Puts up all guards, or those of some models, anew: whatever stood in their place goes."""
    tables = {model._meta.db_table for model in models} or set(connection.introspection.table_names())
    lift(*models)
    ought = {name: trigger for name, trigger in wanted(engine()).items() if trigger.table in tables}
    execute(engine().SETTLE + engine().statements(ought))


def lift(*models: type[Model]) -> None:
    """Takes guards down and leaves them down. For `migrate` and `flush`, which put them up again."""
    tables = {model._meta.db_table for model in models}
    there = {name: trigger for name, trigger in standing().items() if not tables or trigger.table in tables}
    if there:
        execute(engine().SETTLE + engine().drops(there))


@contextlib.contextmanager
def lifted(*models: type[Model]) -> Iterator[None]:
    """The owner's switch, for what the law or a story asks to be rewritten (erasure, the dates of the demo): in one
    transaction, so that nobody else ever meets these tables without their guards. The caller records what was done."""
    with transaction.atomic():
        lift(*models)
        yield
        install(*models)
