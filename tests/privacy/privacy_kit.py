"""People full of canaries, and where they are found again."""

import datetime
import json
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import CharField, FileField, JSONField, TextField, UUIDField
from django.db.models.fields.files import FieldFile

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Cohort, Mentee, Mentor
from mentorship.audit import guards
from mentorship.common.personal import At
from mentorship.people.models import Secretary
from mentorship.privacy.persons import Person
from mentorship.privacy.table import our_models, tables

CANARY = "kanarie"
TEXT = {At.ERASE, At.NAME, At.PAPER, At.PAPER_NAME}
# Their length or form is promised by the database, or they are looked up by it.
FIXED = {"language", "password", "education", "digest", "secret", "credential"}


def everyone_leaves(cohort: Cohort) -> None:
    """The cohort is over, its people are off the register."""
    Cohort.objects.filter(pk=cohort.pk).update(stage=Stage.ARCHIVED)
    Mentee.objects.filter(cohort=cohort).update(status=MenteeStatus.GRADUATED)
    Mentor.objects.filter(cohort=cohort).update(status=MentorStatus.ENDED)
    Secretary.objects.filter(studio=cohort.studio).update(left_on=datetime.date(2020, 1, 1))


def person_of(user) -> Person:
    return Person.of_user(type(user).objects.get(pk=user.pk))


def put_canaries(person: Person, mark: str = CANARY) -> set[str]:
    """Into every text and file of theirs that the table says will be emptied. The fields, as model.field."""
    put = set()
    with guards.lifted():
        for table in tables().values():
            for row in person.rows_of(table) if table.about else ():
                values = {name: filled(row, name, mark) for name, at in table.fields.items() if at in TEXT}
                values = {name: value for name, value in values.items() if value is not None}
                type(row)._base_manager.filter(pk=row.pk).update(**values)
                put |= {f"{table.model}.{name}" for name in values}
    return put


def filled(row, name: str, mark: str):
    field, value = row._meta.get_field(name), getattr(row, name)
    if isinstance(value, FieldFile):
        if value:
            path = Path(default_storage.path(value.name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(mark.encode())
        return None
    if (
        name in FIXED
        or isinstance(field, UUIDField | FileField)
        or not isinstance(field, CharField | TextField | JSONField)
    ):
        return None
    if isinstance(field, JSONField):
        return {"text": mark} if isinstance(value, dict) else [mark]
    if value == "" and name not in {"phone", "email", "note", "prior_job"}:
        return None
    return f"{mark}{row.pk.hex if hasattr(row.pk, 'hex') else row.pk}"[: field.max_length]


def columns_with(mark: str = CANARY) -> set[str]:
    """Where it stands in the whole database: model.field, or the table for what no model of ours describes."""
    names = {
        (model._meta.db_table, field.column): f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_concrete_fields
    }
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            heads = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    names.get((table, head), table) for head, cell in zip(heads, row, strict=True) if has(cell, mark)
                }
    return found


def has(cell, mark: str) -> bool:
    if isinstance(cell, bytes | memoryview):
        return mark.encode() in bytes(cell)
    text = cell if isinstance(cell, str) else json.dumps(cell, default=str, ensure_ascii=False)
    return mark in text or json.dumps(mark)[1:-1] in text


def files_with(mark: str = CANARY) -> list[str]:
    root = Path(default_storage.location)
    return [path.name for path in root.rglob("*") if path.is_file() and mark.encode() in path.read_bytes()]


def clear_canaries() -> None:
    """Files outlive the test that made them, unlike rows."""
    for path in Path(default_storage.location).rglob("*"):
        if path.is_file() and CANARY.encode() in path.read_bytes():
            path.unlink()


def kept_fields(*ats: At) -> set[str]:
    return {f"{table.model}.{name}" for table in tables().values() for name, at in table.fields.items() if at in ats}
