"""A person's own copy: their rows, in words they can read and as JSON, with their files. From the table alone."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import FileField, ForeignKey, ManyToManyField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.models import User
from mentorship.common.personal import At, Table
from mentorship.common.templatetags.wording import long_date, moment

from .persons import Person
from .table import fields_of, model_of, tables


class Told(NamedTuple):
    """One row: `said` are pairs of words; `data` the same by code; `files` pairs of (name in the ZIP, stored file)."""

    said: list[tuple[str, str]]
    data: dict[str, Any]
    files: list[tuple[str, Any]]


class Part(NamedTuple):
    title: str
    model: str
    purpose: str
    seen: str
    keep: str
    rows: list[Told]


class Withheld(NamedTuple):
    what: str
    reason: str


def parts_of(user: User) -> Iterator[Part | None]:
    """One for each of `open_tables()`; None where there is nothing of theirs."""
    person = Person.of_user(user)
    for table in open_tables():
        rows = list(readable(table, person, user))
        if not rows:
            yield None
            continue
        title = str(model_of(table)._meta.verbose_name)
        told = [tell(table, row) for row in rows]
        yield Part(title, table.model, str(table.purpose), str(table.seen), str(table.keep.words), told)


def open_tables() -> list[Table]:
    return [
        table
        for table in tables().values()
        if table.about and not table.closed and any(at.is_personal and at.is_told for at in table.fields.values())
    ]


def readable(table: Table, person: Person, user: User):
    """Theirs, and of these what they may read in the pages too."""
    rows = person.rows_of(table)
    if table.only:
        rows = rows.filter(**table.only[0])
    manager = model_of(table)._default_manager
    if hasattr(manager.all(), "visible_to") and not table.own_right:
        rows = rows.filter(pk__in=manager.visible_to(user).order_by().values("pk"))
    links = [field.name for field in model_of(table)._meta.fields if isinstance(field, ForeignKey)]
    return rows.select_related(*links).order_by("pk")


def tell(table: Table, row: Model) -> Told:
    said, data, files = [], {"id": str(row.pk)}, []
    for name, field in fields_of(model_of(table)).items():
        at = table.fields[name]
        if not at.is_told or name in table.reasons or (at is At.PLAIN and not has_words(field)):
            continue
        value = getattr(row, name)
        if isinstance(field, FileField):
            if value:
                inside = f"files/{table.model}/{row.pk}-{value.name.rpartition('/')[2]}"
                files.append((inside, value))
                said.append((words_for(field), inside))
                data[name] = inside
            continue
        shown = in_words(row, field, value)
        data[name] = plain(row, field, value)
        if shown and (has_words(field) or at is not At.FACT):
            said.append((str(field.verbose_name) if has_words(field) else _("内容"), shown))
    return Told(said, data, files)


def has_words(field) -> bool:
    return field._verbose_name is not None


def words_for(field) -> str:
    """Fields without words of their own are told by their code."""
    return str(field.verbose_name) if has_words(field) else field.name


def in_words(row: Model, field, value: Any) -> str:
    if isinstance(field, ManyToManyField):
        return _("、").join(str(one) for one in value.all())
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime.datetime):
        return moment(timezone.localtime(value))
    if isinstance(value, datetime.date):
        return long_date(value)
    if isinstance(value, dict):
        return _("；").join(f"{key} {item}" for key, item in value.items())
    if isinstance(value, list):
        return _("；").join(str(item) for item in value)
    return str(value)


def plain(row: Model, field, value: Any) -> Any:
    """As JSON has it; what stands behind a link in words, since its id is of no use to the reader."""
    if isinstance(field, ManyToManyField):
        return [str(one) for one in value.all()]
    if isinstance(field, ForeignKey):
        return str(value) if value is not None else None
    return value


def withheld() -> list[Withheld]:
    """The same for everybody: that something is withheld must not tell that it is there."""
    found: dict[str, list[str]] = {}
    for table in tables().values():
        title = str(model_of(table)._meta.verbose_name)
        if table.closed:
            found.setdefault(str(table.closed), []).append(title)
        elif table.only:
            found.setdefault(str(table.only[1]), []).append(title)
        for names, reason in () if table.closed else table.withheld.items():
            fields = fields_of(model_of(table))
            words = _("、").join(words_for(fields[name]) for name in names.split())
            part = _("%(title)s里的%(fields)s") % {"title": title, "fields": words}
            found.setdefault(str(reason), []).append(part)
    return [Withheld(_("；").join(dict.fromkeys(whats)), reason) for reason, whats in found.items()]
