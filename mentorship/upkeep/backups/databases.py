"""One moment of the database taken away whole, and put into an empty one. SQLite by its backup interface in one step,
PostgreSQL by pg_dump; what stands in it is counted at that same moment.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.models import FileField

from mentorship.audit.models import ChainHead

from .programs import BLOCK, Trouble, database_name, run

Query = Callable[[str], list[tuple]]

# Names of tables and columns come from our own models and the database's own catalogue.
HEADS = 'SELECT studio_id, sequence, digest FROM "{}" ORDER BY studio_id'
FILES = """SELECT "{0}" FROM "{1}" WHERE "{0}" <> ''"""
ROWS = 'SELECT * FROM "{}"'
# A row's text, hashed and summed where it lies: nothing travels, and the order of rows plays no part.
CONTENT = """
    SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0)::text FROM "{}" t
"""


class Facts(NamedTuple):
    tables: dict[str, list]  # name -> [rows, digest of them all, whatever their order]
    migrations: list[str]  # "people.0001_initial"
    heads: dict[str, list]  # studio -> [entries, last digest] of the audit trail
    files: list[str]  # names that rows hold

    @property
    def manifest(self) -> dict:
        return {"tables": self.tables, "migrations": self.migrations, "heads": self.heads}


def file_columns() -> list[tuple[type, FileField]]:
    return [
        (model, field) for model in apps.get_models() for field in model._meta.fields if isinstance(field, FileField)
    ]


def facts_of(query: Query, tables: dict[str, list]) -> Facts:
    migrations = [f"{app}.{name}" for app, name in query("SELECT app, name FROM django_migrations ORDER BY app, name")]
    heads = query(HEADS.format(ChainHead._meta.db_table))
    files = []
    for model, field in file_columns():
        table, column = model._meta.db_table, field.column
        if table in tables:
            files += [row[0] for row in query(FILES.format(column, table))]
    return Facts(tables, migrations, {str(studio).replace("-", ""): [n, last] for studio, n, last in heads}, files)


class SQLite:
    name = "sqlite"
    file = "database.sqlite3"
    packed = True  # by gzip, on its way into the backup

    @property
    def path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    @contextlib.contextmanager
    def taken(self, write: Callable[[], contextlib.AbstractContextManager[BinaryIO]]) -> Iterator[Facts]:
        """Writes the whole database into `write()` and gives its facts.

        One step under one read lock: a copy in steps never ends while people write, and a plain copy of the file lacks
        what still stands in the log beside it. Unlike VACUUM INTO it keeps every row where it is.
        """
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="backup-") as folder:
            copy = Path(folder) / self.file
            copy_in_one_step(self.path, copy)
            facts = self.facts_of_file(copy)
            with write() as target, open(copy, "rb") as source:
                shutil.copyfileobj(source, target, BLOCK)
            yield facts

    def facts_of_file(self, path: Path) -> Facts:
        with contextlib.closing(read_only(path)) as copy:
            named = "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE ?"
            names = [row[0] for row in copy.execute(named, ["CREATE VIRTUAL%"])]
            tables = {name: content_of(copy.execute(ROWS.format(name))) for name in sorted(names)}
            return facts_of(lambda sql: copy.execute(sql).fetchall(), tables)

    def tables(self) -> int:
        return len(connection.introspection.table_names())

    def check(self, dump: Path, manifest: dict) -> list[str]:
        """What of the dump differs from its manifest, before anything is written."""
        try:
            with contextlib.closing(read_only(dump)) as copy:
                said = copy.execute("PRAGMA integrity_check").fetchone()[0]
            return differences(manifest, self.facts_of_file(dump)) + ([] if said == "ok" else [said])
        except sqlite3.DatabaseError as error:
            return [str(error)]

    def put(self, dump: Path) -> None:
        """Takes the place of the database, in one rename."""
        connections.close_all()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        near = self.path.with_name(f".{self.path.name}.restored")
        shutil.copyfile(dump, near)
        near.chmod(0o600)
        with open(near, "rb") as file:
            os.fsync(file.fileno())
        for beside in ("-wal", "-shm"):
            self.path.with_name(f"{self.path.name}{beside}").unlink(missing_ok=True)
        os.replace(near, self.path)

    def facts(self) -> Facts:
        connections.close_all()
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="restore-") as folder:
            copy = Path(folder) / self.file
            copy_in_one_step(self.path, copy)
            return self.facts_of_file(copy)


def read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def copy_in_one_step(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source, timeout=30)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def content_of(rows) -> list:
    """[number of rows, digest]: the sum of each row's own, so that their order plays no part."""
    number = total = 0
    for row in rows:
        number += 1
        total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest(), "big")
    return [number, f"{total % (1 << 64):016x}"]


class PostgreSQL:
    name = "postgresql"
    file = "database.dump"
    packed = False  # pg_dump packs what it writes

    @contextlib.contextmanager
    def taken(self, write: Callable[[], contextlib.AbstractContextManager[BinaryIO]]) -> Iterator[Facts]:
        """pg_dump and our own counting look at the same exported snapshot, so that they can't differ."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            with write() as target:
                run("pg_dump", "--format=custom", f"--snapshot={snapshot}", *UNOWNED, output=target)
            facts = self.facts()
        yield facts

    def tables(self) -> int:
        return len(connection.introspection.table_names())

    def check(self, dump: Path, manifest: dict) -> list[str]:
        try:
            run("pg_restore", "--list", str(dump))
        except Trouble as trouble:
            return [str(trouble)]
        return []

    def put(self, dump: Path) -> None:
        """All or nothing: one transaction. What stands there is dropped first; the caller has asked."""
        if self.tables():
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_schema()")
                schema = connection.ops.quote_name(cursor.fetchone()[0])
                cursor.execute(f"DROP SCHEMA {schema} CASCADE")
                cursor.execute(f"CREATE SCHEMA {schema}")
        connections.close_all()
        run("pg_restore", "--exit-on-error", "--single-transaction", *UNOWNED, "--dbname", database_name(), str(dump))

    def facts(self) -> Facts:
        def query(sql: str) -> list[tuple]:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()

        names = sorted(connection.introspection.table_names())
        return facts_of(query, {name: list(query(CONTENT.format(name))[0]) for name in names})


UNOWNED = ["--no-owner", "--no-privileges"]


def engine() -> SQLite | PostgreSQL:
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def differences(manifest: dict, facts: Facts) -> list[str]:
    """Tables, and the ends of the audit trail, that are not as the manifest has them."""
    now, faults = facts.manifest, []
    for part in ("tables", "heads"):
        for name in sorted({*manifest[part], *now[part]}):
            was, is_now = manifest[part].get(name), now[part].get(name)
            if was != is_now:
                faults.append(f"{part[:-1]} {name}: {was} in the backup, {is_now} now")
    return faults
