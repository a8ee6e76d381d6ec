"""Where the data lie, and in what state."""

import stat
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from mentorship.accounts.models import UploadTally
from mentorship.audit.checks import MEND, words_for
from mentorship.audit.guards import faults, manifest
from mentorship.common import replicas
from mentorship.upkeep.sizes import LEAST_FREE, percent_free

from .base import Finding, State, judge

NEARLY_FULL = 0.8
SQLITE_WANTS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


def database() -> Finding:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        mend = "start it, and look at DATABASE_URL or STUDIO_VAR"
        return Finding("database", State.RED, f"does not answer: {str(error).splitlines()[0]}", mend)
    found = f"{connection.vendor} answers, {len(waiting)} migrations wait"
    return judge("database", not waiting, found, "run ./studio manage migrate")


def read_replicas() -> Finding:
    """Each must reach, in the time the pages allow, what the primary has written now."""
    if not settings.REPLICAS:
        return Finding("read replicas", State.IDLE, "none")
    late = replicas.behind()
    found = f"late or away: {', '.join(late)}" if late else f"{len(settings.REPLICAS)} within {replicas.MOST_LAG} s"
    return judge("read replicas", not late, found, "look at them: pages are read from the primary meanwhile")


def guards() -> Finding:
    missing = faults()
    return judge("guards", not missing, words_for(missing) if missing else f"all {len(manifest())} stand", MEND)


def sqlite() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("SQLite", State.IDLE, "not used")
    faults = []
    with connection.cursor() as cursor:
        for pragma, wanted in SQLITE_WANTS.items():
            cursor.execute(f"PRAGMA {pragma}")
            if (value := cursor.fetchone()[0]) != wanted:
                faults.append(f"{pragma}={value}")
    mode = connection.settings_dict.get("OPTIONS", {}).get("transaction_mode")
    if mode != "IMMEDIATE":
        faults.append(f"transaction_mode={mode}")
    mend = "leave out DATABASE_URL for SQLite: the settings then ask for WAL, IMMEDIATE, FULL, foreign keys and recursive triggers"
    return judge(
        "SQLite", not faults, ", ".join(faults) or "WAL, IMMEDIATE, FULL, foreign keys, recursive triggers", mend
    )


def private_files() -> Finding:
    if not isinstance(default_storage, FileSystemStorage):
        return other_store()
    root = Path(default_storage.location).resolve()
    for served in [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]:
        if root.is_relative_to(Path(served).resolve()):
            return Finding(
                "private files", State.RED, f"{root} is served to everyone", "move them out of the static files"
            )
    opened = open_to_others(root)
    return judge("private files", not opened, f"{root}{', open to others' if opened else ''}", f"chmod o= {root}")


def other_store() -> Finding:
    try:
        default_storage.exists("doctor")
    except Exception as error:  # each store has errors of its own
        mend = "look at the store and at MEDIA_S3_*: uploads fail, and files can't be opened"
        return Finding("private files", State.RED, f"the store does not answer: {error}", mend)
    return Finding("private files", State.GREEN, "another store answers")


def open_to_others(path: Path) -> bool:
    """Whether other accounts of the machine get in: by every folder on the way, and into this one."""
    on_the_way = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
    return on_the_way and path.exists() and bool(path.stat().st_mode & stat.S_IRWXO)


def database_file() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("database file", State.IDLE, "not used")
    path = Path(connection.settings_dict["NAME"]).resolve()
    opened = open_to_others(path)
    return judge(
        "database file", not opened, f"{path}{', open to others' if opened else ''}", f"chmod o= {path.parent}"
    )


def disk() -> Finding:
    free = percent_free(settings.VAR_DIR)
    mend = f"free some room or enlarge the disk: below {LEAST_FREE} percent a busy week may fill it"
    return judge("disk", free >= LEAST_FREE, f"{free:.0f} percent free", mend)


def uploads() -> Finding:
    """Who has nearly used up a year's room will be refused, and can do nothing about it."""
    most = settings.UPLOADS_A_YEAR
    rows = UploadTally.objects.filter(year=timezone.localdate().year, size__gt=most * NEARLY_FULL)
    near = sorted(rows.values_list("user__username", flat=True))
    mend = "look at what they send, and raise UPLOADS_A_YEAR_MB if it belongs here"
    return judge("uploads", not near, f"near a year's most: {', '.join(near) or 'nobody'}", mend)


DATA = [database, read_replicas, guards, sqlite, private_files, database_file, disk, uploads]
