"""One studio's rows as text for COPY, with marks where each copy differs.

Every row of a studio is known by a UUID, and rows point at each other by nothing else. So a copy needs no look-ups: the last
twelve digits of each UUID become the copy's number, wherever they stand, in columns, in JSON, in addresses of pages. The
digits before them stay random, so that a studio's rows lie scattered in the indexes as real ones do.
"""

import re
from collections import Counter
from typing import NamedTuple

from django.apps import apps
from django.db.models import AutoField, CharField, FileField, Model, UniqueConstraint

from cohorts.clinic.searching import index
from mentorship.accounts.models import User
from mentorship.people.models import Secretary
from mentorship.places.models import Base, Community, District, Holiday, Studio, Subdistrict

from .multiplying import multiply
from .table import NULL, Table

NUMBER = "\x1f"  # stands for the copy's number, as twelve hexadecimal digits
OPEN, SHUT = "\x1d", "\x1e"  # around a letter and a number: what filling.py knows of the copy
OWN_NUMBER, STUDIO_NAME = f"{OPEN}k0{SHUT}", f"{OPEN}n0{SHUT}"
UUIDS = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{12}")
TAIL = len("-00042")
# What is not a studio's: places, settings, jobs; what is one person's: sign-ins, drafts. The audit trail begins anew.
LEFT_OUT_APPS = {"admin", "audit", "auth", "contenttypes", "django_tasks_database", "privacy", "sessions", "upkeep"}
LEFT_OUT = {
    "accounts.authenticator", "accounts.guessstreak", "accounts.passkey", "accounts.recoverycode", "accounts.signincard",
    "accounts.signinattempt", "archive.exportjob", "calendar.calendarfeed", "clinic.invitation", "logs.draft",
}  # fmt: skip
PHONES = {User: "phone", Secretary: "phone"}


class Part(NamedTuple):
    """What goes into one table. `spare`: rows on neighbourhoods that only large districts have."""

    table: str
    columns: str
    body: str
    spare: bool = False


class Template(NamedTuple):
    """`needed`: how many neighbourhoods a copy takes at least; `wanted`: how many with all spare rows."""

    parts: list[Part]
    needed: int
    wanted: int


def copied_models() -> list[type[Model]]:
    """Those that hang on others first: guards of a final state then don't see that state yet."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        label, app = model._meta.label_lower, model._meta.app_label
        own = app != "places" or model in (Studio, Base, Holiday)
        needs_file = any(isinstance(field, FileField) and not field.blank for field in model._meta.local_fields)
        if own and app not in LEFT_OUT_APPS and label not in LEFT_OUT and not needs_file:
            found.append(model)
    return found[::-1]


def read_template(cursor, logs: int) -> Template:
    """The only studio of the database, with so many teaching logs."""
    tables = [read_table(cursor, model) for model in copied_models()]
    multiply(tables, logs)
    spare = take_spares(tables)
    marks = Marks(tables, spare)
    for table in [*tables, spare]:
        marks.put_on(table)
    parts = [part_of(table) for table in tables if table.rows]
    if spare.rows:
        spare.rows.sort(key=lambda row: marks.place_in(spare, row))
        parts.append(part_of(spare)._replace(spare=True))
    parts.append(Part(index.STAGE, index.STAGE_COLUMNS, numbered(copied_out(cursor, index.TO_STAGE))))
    return Template([part for part in parts if part.body], needed=marks.needed, wanted=len(marks.places))


def read_table(cursor, model: type[Model]) -> Table:
    """Numbers that the database gives out itself stay away."""
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    text = copied_out(cursor, f'SELECT {names} FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')  # noqa: S608 our own names  # nosec B608
    return Table(model, fields, [line.split("\t") for line in text.split("\n") if line])


def copied_out(cursor, query: str) -> str:
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy).decode()


def numbered(text: str) -> str:
    return UUIDS.sub(rf"\1{NUMBER}", text)


def part_of(table: Table) -> Part:
    columns = ", ".join(f'"{field.column}"' for field in table.fields)
    body = "".join("\t".join(row) + "\n" for row in table.rows)
    return Part(table.model._meta.db_table, columns, numbered(body))


def take_spares(tables: list[Table]) -> Table:
    """Takes the secretaries out that nothing else speaks of: the register beyond the cohort."""
    people = next(table for table in tables if table.model is Secretary)
    named = Counter(found for table in tables for row in table.rows for cell in row for found in whole_uuids(cell))
    free = [row for row in people.rows if people.get(row, "user") == NULL and named[people.get(row, "id")] == 1]
    people.rows = [row for row in people.rows if row not in free]
    return Table(Secretary, people.fields, free)


def whole_uuids(cell: str) -> list[str]:
    return [found.group() for found in UUIDS.finditer(cell)]


class Marks:
    """Which neighbourhoods and telephone numbers the template speaks of, each by its place in a list."""

    def __init__(self, tables: list[Table], spare: Table):
        core = {code for table in tables for code in table.values_to(Community)}
        self.needed = max(1, len(core))
        self.places = sorted(core) + sorted(set(spare.values_to(Community)) - core)
        self.index = {code: str(number) for number, code in enumerate(self.places)}
        self.phones: dict[str, int] = {}

    def put_on(self, table: Table) -> None:
        for name, mark in self.of(table.model):
            table.change(name, mark)

    def of(self, model: type[Model]) -> list[tuple]:
        """(field, what becomes of a value of it); empty cells are left alone."""
        found = []
        for field in model._meta.local_concrete_fields:
            if field.related_model in (Community, Subdistrict, District):
                found.append(
                    (field.name, {Community: self.place, Subdistrict: self.around}.get(field.related_model, district))
                )
            elif isinstance(field, FileField):
                found.append((field.name, lambda _: ""))  # a copy has no file of its own
            elif PHONES.get(model) == field.name:
                found.append((field.name, self.phone))
            elif isinstance(field, CharField) and is_unique_by_itself(model, field):
                found.append((field.name, lambda value, most=field.max_length: value[: most - TAIL] + f"-{OWN_NUMBER}"))
        if model is Studio:
            found += [("name", lambda _: STUDIO_NAME), ("name_en", lambda _: f"Studio {OWN_NUMBER}")]
        return found

    def place(self, code: str) -> str:
        return f"{OPEN}c{self.index[code]}{SHUT}"

    def around(self, subdistrict: str) -> str:
        """The subdistrict of the first neighbourhood that lies in this one."""
        first = next((self.index[code] for code in self.places if code.startswith(subdistrict)), "0")
        return f"{OPEN}s{first}{SHUT}"

    def phone(self, number: str) -> str:
        return f"{OPEN}p{self.phones.setdefault(number, len(self.phones))}{SHUT}"

    def place_in(self, table: Table, row: list[str]) -> int:
        return int(table.get(row, "community").strip(f"c{OPEN}{SHUT}"))


def district(_: str) -> str:
    return f"{OPEN}d0{SHUT}"


def is_unique_by_itself(model: type[Model], field: CharField) -> bool:
    alone = [c for c in model._meta.constraints if isinstance(c, UniqueConstraint) and tuple(c.fields) == (field.name,)]
    return field.unique or bool(alone)
