"""The product's tables, made once: every test process begins with a copy of them, and so does the next run.

Migrating from nothing is twenty seconds of work. What came out of it is kept under the sum of all that could change it,
so a change of the product's code is migrated anew, from the first migration on.

    python -m tests.migrated    makes PostgreSQL's beforehand, so that no test waits for it
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("mentorship", "cohorts", "evaluations")
READ = {".py", ".yaml", ".json", ".csv", ".txt"}


def sum_of_code() -> str:
    """MIGRATED_AS says a name of its own, for who tries the same tables with changes that they do not hang on."""
    if name := os.environ.get("MIGRATED_AS"):
        return name
    digest = hashlib.sha256(ROOT.joinpath("requirements.txt").read_bytes())
    files = [file for part in PRODUCT for file in ROOT.joinpath(part).rglob("*") if file.suffix in READ]
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:32]


@contextmanager
def alone(name: str = "lock") -> Iterator[Path]:
    """Yields the folder of what is kept. Whichever process needs it first makes it for all of them."""
    folder = Path(settings.VAR_DIR) / "migrated"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def migrate(**environment: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(command, cwd=ROOT, env=kept | environment, check=True)


def copy_to(target: Path) -> None:
    """A migrated SQLite database in the place of whatever was there."""
    with alone() as folder:
        kept = folder / f"{sum_of_code()}.sqlite3"
        if not kept.exists():
            for old in folder.glob("*.sqlite3"):
                old.unlink()
            with tempfile.TemporaryDirectory(dir=folder) as draft:
                migrate(STUDIO_VAR=draft)
                made = Path(draft) / "studio.sqlite3"
                with closing(sqlite3.connect(made)) as database:
                    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                made.rename(kept)
        for left in ("-wal", "-shm"):
            Path(f"{target}{left}").unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, target)


def template() -> str:
    """The name of a migrated database in the PostgreSQL cluster of this run, to be copied by CREATE DATABASE."""
    with alone(), connection._nodb_cursor() as cursor:
        name = f"migrated_{sum_of_code()}"
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'migrated\_%'")
        there = [row[0] for row in cursor.fetchall()]
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute("CREATE DATABASE migrated_draft")
            migrate(DATABASE_URL=urlsplit(os.environ["DATABASE_URL"])._replace(path="/migrated_draft").geturl())
            cursor.execute(f'ALTER DATABASE migrated_draft RENAME TO "{name}"')
    return name


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    template()
