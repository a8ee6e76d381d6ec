"""What an erasure does, told beforehand (`plan_for`) and done (`carry_out`) from the same table."""

import contextlib
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import ProgrammingError, transaction
from django.db.models import FileField, Model
from django.utils.translation import gettext as _

from mentorship.audit import guards
from mentorship.common.errors import Refused
from mentorship.common.personal import At, Drop, Table
from mentorship.common.plugs import answers_to

from .emptying import scrubbed, values_emptied
from .persons import Person
from .table import fields_of, model_of, tables

AT_ONCE = {At.ERASE, At.NAME}
AT_LAST = AT_ONCE | {At.PAPER, At.PAPER_NAME}


class Line(NamedTuple):
    """One model in the preview, with the fields in words."""

    title: str
    rows: int
    whole: bool  # the rows go as a whole
    erased: str
    named: str
    kept: str


class Plan(NamedTuple):
    lines: list[Line]
    papers_until: datetime.date | None  # None: nothing is kept


def labels(table: Table, ats: Iterable[At]) -> str:
    fields = fields_of(model_of(table))
    return _("、").join(str(fields[name].verbose_name) for name, at in table.fields.items() if at in ats)


def plan_for(person: Person, today: datetime.date) -> Plan:
    until = person.papers_until
    running, lines = until is not None and until >= today, []
    for table in tables().values():
        if not table.about or not (rows := person.rows_of(table).count()):
            continue
        now = AT_ONCE if running else AT_LAST
        whole = table.drop is Drop.NOW or (table.drop is Drop.LATER and not running)
        line = Line(
            str(model_of(table)._meta.verbose_name),
            rows,
            whole,
            "" if whole else labels(table, now - {At.NAME, At.PAPER_NAME}),
            "" if whole else labels(table, now & {At.NAME, At.PAPER_NAME}),
            "" if whole or not running else labels(table, {At.PAPER, At.PAPER_NAME}),
        )
        if any(line[2:]):
            lines.append(line)
    return Plan(lines, until if running else None)


@contextlib.contextmanager
def rewriting(rewritten: Iterable[Table]) -> Iterator[None]:
    """The law asks that final rows be rewritten: the owner of the tables lifts their guards while it is done.

    Raises Refused where the site's own account may not lift them (docs/operations.md).
    """
    held = {guard.table for guard in guards.manifest()}
    models = [model for table in rewritten if (model := model_of(table))._meta.db_table in held]
    try:
        with guards.lifted(*models) if models else contextlib.nullcontext():
            yield
    except ProgrammingError as error:
        raise Refused(_("要改已经定稿的材料，本站的数据库账号无权改。请运维用数据库主人的账号来办。")) from error


def is_rewritten(table: Table) -> bool:
    return bool(table.drop is not Drop.NEVER or {*table.fields.values()} & {*AT_LAST, At.SCRUB})


def carry_out(person: Person, *, papers_too: bool) -> dict[str, int]:
    """Empties and drops inside the caller's transaction; files go when it is safely in. Counts of rows by model."""
    with rewriting(filter(is_rewritten, tables().values())):
        return empty_all(person, AT_LAST if papers_too else AT_ONCE)


def empty_all(person: Person, ats: set[At]) -> dict[str, int]:
    names, word = person.names, person.word
    touched: dict[str, set] = defaultdict(set)
    counts: dict[str, int] = {}
    for table in reversed(tables().values()):
        touched[table.model] |= scrub(table, person, names, word)
        if not table.about:
            continue
        rows = person.rows_of(table)
        drops = table.drop is Drop.NOW or (table.drop is Drop.LATER and ats == AT_LAST)
        keys = drop_rows(rows) if drops else empty_rows(table, rows, ats, word)
        touched[table.model] |= keys
        if keys:
            counts[table.model] = len(keys)
    for follow in answers_to("person_erased"):
        follow(person.secretary, person.user, touched)
    return counts


def empty_rows(table: Table, rows, ats: set[At], word: str) -> set:
    names = {name: at for name, at in table.fields.items() if at in ats}
    touched = set()
    for row in rows if names else ():
        values = values_emptied(row, names, word)
        if values:
            drop_files(row, values)
            store(row, values)
            touched.add(row.pk)
    return touched


def store(row: Model, values: dict) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def drop_rows(rows) -> set:
    keys = set()
    for row in rows:
        keys.add(row.pk)
        drop_files(row, {field.name: "" for field in row._meta.fields if isinstance(field, FileField)})
        row.delete()
    return keys


def drop_files(row: Model, values: dict) -> None:
    for name in values:
        field = row._meta.get_field(name)
        if isinstance(field, FileField) and (stored := getattr(row, name).name):
            beside = [found for answer in answers_to("file_beside") if (found := answer(stored))]
            sweep(field.storage, [stored, *beside])


def sweep(storage, names: list[str]) -> None:
    """Once the rows are safely without them; a crash in between leaves files that check_integrity tells of."""
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


def scrub(table: Table, person: Person, names: list[str], word: str) -> set:
    """Takes the names out of what others wrote in the person's studios."""
    fields = [name for name, at in table.fields.items() if at is At.SCRUB]
    if not fields or not names:
        return set()
    touched = set()
    rows = model_of(table)._base_manager.filter(studio__in=person.studios)
    for row in rows.iterator(chunk_size=500):
        values = {name: new for name in fields if (new := scrubbed(old := getattr(row, name), names, word)) != old}
        if values:
            store(row, values)
            touched.add(row.pk)
    return touched
