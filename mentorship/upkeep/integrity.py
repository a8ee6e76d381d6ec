"""Whether database, private files and audit trail still agree."""

import datetime
from typing import NamedTuple

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import ForeignKey
from django.utils import timezone

from mentorship.audit.guards import faults
from mentorship.audit.verify import verify_all
from mentorship.common.plugs import answers_to

from .backups.databases import file_columns
from .backups.media import stored_names

LOST = """
    SELECT count(*) FROM "{table}" c LEFT JOIN "{parent}" p ON p."{key}" = c."{column}"
    WHERE c."{column}" IS NOT NULL AND p."{key}" IS NULL
"""
YOUNG = datetime.timedelta(hours=1)  # a file may be written a moment before its row


class Report(NamedTuple):
    """Each part lists what is wrong in it; `orphans` are files that nothing names: waste, or left by a crash."""

    database: list[str]
    missing: list[str]
    audit: list[str]
    orphans: list[str]

    @property
    def is_sound(self) -> bool:
        return not (self.database or self.missing or self.audit)


def report() -> Report:
    there = stored_names()
    known, missing = set(), []
    for model, field in file_columns():
        rows = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
        names = {name for name in rows.iterator() if name}
        known |= names
        missing += [
            f"{model._meta.label}.{field.name}: {name}"
            for name in sorted(names - there)
            if not default_storage.exists(name)
            and rows.filter(**{field.name: name}).exists()  # neither came nor went just now
        ]
    for answer in answers_to("files_beside"):
        known |= answer()
    return Report(
        database=database_faults(),
        missing=missing,
        audit=[f"studio {one.studio_id}: entry {one.sequence}: {one.fault}" for one in verify_all() if one.fault]
        + [f"the guard {name} is missing or changed" for name in faults()],
        orphans=sorted(name for name in there - known if is_old(name)),
    )


def is_old(name: str) -> bool:
    try:
        return timezone.now() - default_storage.get_modified_time(name) > YOUNG
    except FileNotFoundError:
        return False


def database_faults() -> list[str]:
    return postgresql_faults() if connection.vendor == "postgresql" else sqlite_faults()


def sqlite_faults() -> list[str]:
    """Pages, indexes, NOT NULL, UNIQUE and CHECK by the first; what points at nothing by the second."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        faults = [line for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        faults += [f"{table}: row {row} points at a row of {parent} that is gone" for table, row, parent, _ in cursor]
    return faults


def postgresql_faults() -> list[str]:
    """Constraints and indexes that were left unfinished, and, table by table, rows that point at nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace"
            " WHERE NOT convalidated AND n.nspname = current_schema()"
        )
        faults = [f"{table}: the constraint {name} was never checked" for table, name in cursor.fetchall()]
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
            " JOIN pg_namespace n ON n.oid = relnamespace WHERE NOT indisvalid AND n.nspname = current_schema()"
        )
        faults += [f"the index {name} is not valid: REINDEX it" for (name,) in cursor.fetchall()]
        for table, column, parent, key in foreign_keys():
            cursor.execute(LOST.format(table=table, column=column, parent=parent, key=key))
            if lost := cursor.fetchone()[0]:
                faults.append(f"{table}: {lost} rows point at rows of {parent} that are gone ({column})")
    return faults


def foreign_keys() -> list[tuple[str, str, str, str]]:
    return [
        (model._meta.db_table, field.column, field.related_model._meta.db_table, field.target_field.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.db_constraint
    ]
