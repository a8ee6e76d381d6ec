"""A backup put back: everything is read and checked before anything is written."""

import contextlib
import gzip
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from mentorship.audit import guards
from mentorship.audit.verify import verify_all

from .databases import differences, engine
from .media import (
    STAGING,
    check,
    is_empty,
    lay_out,
    look_through,
    private_files,
    private_root,
    put_in_place,
    stored_names,
)
from .programs import Trouble
from .sealing import Damaged
from .taking import FORMAT
from .vault import BLOCK, Vault, digest_of

Tell = Callable[[str, str], None]  # what was looked at, what was found


def look_at(vault: Vault, name: str, tell: Tell) -> None:
    """Reads a whole backup and writes nothing. Raises BadKey, Damaged, Trouble."""
    manifest = readable(vault, name)
    with unpacked(vault, name, manifest) as dump:
        faults = engine().check(dump, manifest) if manifest["engine"] == engine().name else []
    if faults:
        raise Damaged("; ".join(faults))
    tell("database", f"{rows_of(manifest)} rows in {len(manifest['tables'])} tables, sound")
    look_through(vault, manifest["media"])
    tell("private files", files_told(manifest))


def give_back(vault: Vault, name: str, tell: Tell, *, force: bool = False) -> bool:
    """Fills the configured database and folder of private files; whether all is as the manifest says.

    Raises BadKey, Damaged or Trouble with nothing written, except that a PostgreSQL that was to be emptied is empty.
    """
    manifest, target = readable(vault, name), engine()
    root = folder_for(manifest)
    refuse_what_does_not_fit(manifest, target, root, force)
    with unpacked(vault, name, manifest) as dump:
        if faults := target.check(dump, manifest):
            raise Damaged("; ".join(faults))
        if root:
            lay_out(vault, root, manifest["media"])
        try:
            target.put(dump)
        except BaseException:
            if root:
                shutil.rmtree(root / STAGING)
            raise
    if root:
        put_in_place(root)
    return compare(manifest, target, root, tell)


def folder_for(manifest: dict) -> Path | None:
    """Where its private files go; nowhere when it was made where they lie on another store."""
    root = private_root()
    if manifest.get("media_elsewhere"):
        return None
    if root is None:
        raise Trouble(
            "This backup holds private files, and the configured store is no folder. Restore it without MEDIA_S3_BUCKET,"
            " then copy the folder into the bucket."
        )
    return root


def files_told(manifest: dict) -> str:
    if manifest.get("media_elsewhere"):
        return "on another store when it was made, none in it"
    return f"{len(manifest['media'])}, each as its hash says"


def compare(manifest: dict, target, root: Path | None, tell: Tell) -> bool:
    """Before migrations change anything, then again what no migration may change."""
    facts = target.facts()
    faults = differences(manifest, facts)
    tell("database", faults_or(faults, f"{rows_of(manifest)} rows in {len(manifest['tables'])} tables, 0 differences"))
    wrong = wrong_files(manifest, root) if root else gone_elsewhere(manifest, facts.files)
    tell("private files", faults_or(wrong, files_told(manifest)))
    before = len(manifest["migrations"])
    call_command("migrate", verbosity=0, interactive=False)
    tell("migrations", f"{before} in the backup, {len(MigrationLoader(connection).applied_migrations)} now")
    missing = guards.faults()
    tell("guards", faults_or(missing, f"{len(guards.manifest())}, all up"))
    ended, _per_model = Session.objects.all().delete()
    tell("sign-ins", f"{ended} ended: a sign-in that was ended since must not come back")
    verdicts = list(verify_all())
    broken = [
        f"{verdict.studio_id}: entry {verdict.sequence}: {verdict.fault}" for verdict in verdicts if verdict.fault
    ]
    entries = sum(verdict.sequence for verdict in verdicts)
    tell("audit trail", faults_or(broken, f"{len(verdicts)} chains, {entries} entries, sound"))
    if manifest["missing"]:
        tell("missing then", f"{len(manifest['missing'])} files that rows named were gone when the backup was made")
    return not (faults or wrong or missing or broken)


def gone_elsewhere(manifest: dict, named: list[str]) -> list[str]:
    gone = sorted(set(named) - stored_names() - set(manifest["missing"]))
    return [f"{name} is not there" for name in gone]


def wrong_files(manifest: dict, root: Path) -> list[str]:
    found = {path.relative_to(root).as_posix(): path for path in private_files(root)}
    faults = [f"{name} is not in the backup" for name in sorted(found.keys() - manifest["media"].keys())]
    for name, (digest, size) in manifest["media"].items():
        try:
            with open(found[name], "rb") as file:
                check(name, digest_of(file), digest, size)
        except KeyError:
            faults.append(f"{name} is not there")
        except Damaged as damaged:
            faults.append(str(damaged))
    return faults


def faults_or(faults: list[str], good: str) -> str:
    return f"{len(faults)} WRONG: {'; '.join(faults[:5])}" if faults else good


def rows_of(manifest: dict) -> int:
    return sum(number for number, _digest in manifest["tables"].values())


def readable(vault: Vault, name: str) -> dict:
    manifest = vault.read_manifest(name)
    if manifest.get("format") != FORMAT:
        raise Trouble(f"{name} is written in format {manifest.get('format')}: use the release that made it.")
    return manifest


def refuse_what_does_not_fit(manifest: dict, target, root: Path | None, force: bool) -> None:
    if manifest["engine"] != target.name:
        raise Trouble(f"This backup is of {manifest['engine']}, and the configured database is {target.name}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := [name for name in manifest["migrations"] if name not in known and not is_replaced(name)]:
        raise Trouble(
            f"This backup is of a newer release ({manifest['version']}; it has {newer[0]}): install that first."
        )
    if force:
        return
    if tables := target.tables():
        raise Trouble(
            f"The database holds {tables} tables. Choose an empty one, or add --force-empty to empty it first."
        )
    if root and not is_empty(root):
        raise Trouble(f"{root} holds files. Choose an empty folder, or add --force-empty to empty it first.")


def is_replaced(name: str) -> bool:
    """A migration of an older release that a squashed one stands for."""
    replaced = {key for migration in MigrationLoader(None).replacements.values() for key in migration.replaces}
    return tuple(name.split(".", 1)) in replaced


@contextlib.contextmanager
def unpacked(vault: Vault, name: str, manifest: dict) -> Iterator[Path]:
    """The database of a backup as one plain file in a scratch folder, checked against its hash."""
    wanted = manifest["database"]
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="restore-") as folder:
        path = Path(folder) / "database"
        stored = vault.folder_of(name) / Path(wanted["file"]).name
        with vault.open(stored, f"database {name}") as source, open(path, "wb") as copy:
            unpack(source, copy, packed=".gz" in wanted["file"])
        with open(path, "rb") as copy:
            check("the database", digest_of(copy), wanted["sha256"], wanted["size"])
        yield path


def unpack(source: BinaryIO, copy: BinaryIO, *, packed: bool) -> None:
    try:
        with gzip.GzipFile(fileobj=source, mode="rb") if packed else contextlib.nullcontext(source) as plain:
            shutil.copyfileobj(plain, copy, BLOCK)
    except (zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise Damaged("the database is damaged") from error
