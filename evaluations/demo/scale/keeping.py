"""What a seeding has done so far, kept in the database beside it, in a schema of its own that nothing else looks into.

The figures and the template are kept at the start, so that a later run goes on with the very same rows.
"""

from django.db import transaction

from cohorts.clinic.searching import index
from mentorship.audit import guards

from .places import Site
from .template import Part, Template

SCHEMA = """
    CREATE SCHEMA seed_scale;
    CREATE TABLE seed_scale.figure (name text PRIMARY KEY, value text NOT NULL);
    CREATE TABLE seed_scale.part (
        id serial PRIMARY KEY, of_table text NOT NULL, columns text NOT NULL, body text NOT NULL, spare boolean NOT NULL
    );
    CREATE TABLE seed_scale.site (
        number integer PRIMARY KEY, district text NOT NULL, second boolean NOT NULL, done_at timestamptz
    );
    CREATE TABLE seed_scale.aside (name text PRIMARY KEY, definition text NOT NULL);
"""
# Indexes that keep no promise: putting each row into each of them takes longer than making them anew at the end.
SET_ASIDE = """
    INSERT INTO seed_scale.aside
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname = ANY(%s) AND NOT i.indisunique AND NOT i.indisprimary
    RETURNING name
"""
ONE_AT_A_TIME = 20_180_815  # the lock that a run holds


class Work:
    """`free`: this account may keep foreign keys from being asked row by row; they are asked of all rows at the end."""

    def __init__(self, cursor):
        self.cursor = cursor
        self.free = self.ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")

    def ask(self, query: str, *values):
        self.cursor.execute(query, values)
        row = self.cursor.fetchone()
        return row[0] if row else None

    def lock(self) -> bool:
        return self.ask("SELECT pg_try_advisory_lock(%s)", ONE_AT_A_TIME)

    def unlock(self) -> None:
        self.ask("SELECT pg_advisory_unlock(%s)", ONE_AT_A_TIME)

    @property
    def begun(self) -> bool:
        return self.ask("SELECT to_regclass('seed_scale.figure') IS NOT NULL")

    def begin(self, figures: dict, template: Template, sites: list[Site]) -> None:
        """In the caller's transaction."""
        self.cursor.execute(SCHEMA)
        figures = figures | {"needed": template.needed, "wanted": template.wanted}
        self.cursor.executemany("INSERT INTO seed_scale.figure VALUES (%s, %s)", list(figures.items()))
        self.cursor.executemany(
            "INSERT INTO seed_scale.part (of_table, columns, body, spare) VALUES (%s, %s, %s, %s)",
            [tuple(part) for part in template.parts],
        )
        self.cursor.executemany(
            "INSERT INTO seed_scale.site (number, district, second) VALUES (%s, %s, %s)", [tuple(s) for s in sites]
        )
        self.cursor.execute(SET_ASIDE, [[index.TABLE, *(part.table for part in template.parts)]])
        for (name,) in self.cursor.fetchall():
            self.cursor.execute(f"DROP INDEX {name}")  # quoted by the database itself
        guards.lift()  # they ask of each row what is asked of all rows at the end

    def put_back(self) -> None:
        """Puts up the guards, and makes the indexes anew that were set aside, one after the other."""
        guards.install()
        self.cursor.execute("SET maintenance_work_mem = '512MB'")
        self.cursor.execute("SELECT name, definition FROM seed_scale.aside ORDER BY name")
        for name, definition in self.cursor.fetchall():
            with transaction.atomic():
                self.cursor.execute(definition)
                self.cursor.execute("DELETE FROM seed_scale.aside WHERE name = %s", [name])

    def figures(self) -> dict[str, str]:
        self.cursor.execute("SELECT name, value FROM seed_scale.figure")
        return dict(self.cursor.fetchall())

    def template(self) -> Template:
        figures = self.figures()
        self.cursor.execute("SELECT of_table, columns, body, spare FROM seed_scale.part ORDER BY id")
        parts = [Part(*row) for row in self.cursor.fetchall()]
        return Template(parts, int(figures["needed"]), int(figures["wanted"]))

    def waiting(self) -> list[Site]:
        self.cursor.execute(
            "SELECT number, district, second FROM seed_scale.site WHERE done_at IS NULL ORDER BY number"
        )
        return [Site(*row) for row in self.cursor.fetchall()]

    def count(self) -> int:
        return self.ask("SELECT count(*) FROM seed_scale.site")

    def finished(self) -> None:
        self.cursor.execute("INSERT INTO seed_scale.figure VALUES ('finished', now()::text) ON CONFLICT DO NOTHING")

    # --- of a block, with the cursor of its own transaction

    def settle(self, cursor) -> None:
        cursor.execute("SET LOCAL synchronous_commit = off")
        if self.free:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(index.MAKE_STAGE)

    def note(self, cursor, sites: list[Site]) -> None:
        cursor.execute("UPDATE seed_scale.site SET done_at = now() WHERE number = ANY(%s)", [[s.number for s in sites]])
