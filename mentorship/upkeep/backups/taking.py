"""A backup, from the lock to the stamp."""

import contextlib
import datetime
import gzip
import hashlib
import json
import os
import shutil
import time
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.utils import timezone

from . import keeping
from .databases import engine
from .media import Collection, Elsewhere, private_root
from .programs import Trouble
from .sealing import Key
from .vault import Vault

FORMAT = 1
STAMP = "last_backup.json"
LEFT_BEHIND = 24 * 3600  # seconds


class Taken(NamedTuple):
    name: str
    rows: int
    database_bytes: int  # as stored
    files: int | None  # None: they lie on another store
    copied: int
    copied_bytes: int
    missing: list[str]
    dropped: list[str]
    media_dropped: int | None  # None: there are snapshots of another key, so all media stay
    seconds: float


class Counted:
    """Passes on what is written, and knows its digest and length."""

    def __init__(self, target: BinaryIO):
        self.target, self.digest, self.size = target, hashlib.sha256(), 0

    def write(self, data) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self.target.write(data)


def take(*, root: Path, key: Key | None = None, keep: dict[str, int] | None = None) -> Taken:
    """Raises Busy, Trouble, OSError; a backup that fails leaves nothing that looks like one."""
    files = private_root()
    refuse_to_mix(root, files)
    began = time.monotonic()
    vault, at = Vault(root, key), timezone.now()
    with vault.locked():
        clear_scratch(at)
        vault.clear_broken()
        name = vault.new_snapshot(at)
        try:
            manifest, collection, missing = fill(vault, name, files, at)
            vault.write_manifest(name, manifest)
        except BaseException:
            shutil.rmtree(vault.folder_of(name))
            raise
        dropped, media_dropped = thin_out(vault, keep)
    taken = Taken(
        name=name,
        rows=sum(number for number, _digest in manifest["tables"].values()),
        database_bytes=(vault.folder_of(name) / manifest["database"]["file"]).stat().st_size,
        files=len(manifest["media"]) if files else None,
        copied=collection.copied,
        copied_bytes=collection.copied_bytes,
        missing=missing,
        dropped=dropped,
        media_dropped=media_dropped,
        seconds=time.monotonic() - began,
    )
    leave_stamp(at, root, taken)
    return taken


def refuse_to_mix(root: Path, files: Path | None) -> None:
    place = root.resolve()
    for taboo, what in ((files, "private files"), (settings.STATIC_ROOT, "static files")):
        if taboo and place.is_relative_to(Path(taboo).resolve()):
            raise Trouble(f"{root} lies among the {what}: choose a folder elsewhere, best on another disk.")


def fill(vault: Vault, name: str, files: Path | None, at: datetime.datetime):
    """The manifest, what was collected, and which files rows name in vain."""
    source = engine()
    stored = f"{source.file}{'.gz' if source.packed else ''}{vault.ending}"
    plain = []

    @contextlib.contextmanager
    def write():
        with contextlib.ExitStack() as stack:
            target = stack.enter_context(vault.create(vault.folder_of(name) / stored, f"database {name}"))
            if source.packed:
                target = stack.enter_context(gzip.GzipFile(fileobj=target, mode="wb", compresslevel=1))
            plain.append(Counted(target))
            yield plain[0]

    collection = Collection(vault, files) if files else Elsewhere()
    collection.go_over()
    with source.taken(write) as facts:
        collection.go_over()
    missing = collection.settle(facts.files)
    manifest = facts.manifest | {
        "format": FORMAT,
        "taken_at": at.isoformat(),
        "version": settings.VERSION,
        "engine": source.name,
        "database": {"file": stored, "sha256": plain[0].digest.hexdigest(), "size": plain[0].size},
        "media": collection.blobs,
        "media_elsewhere": files is None,
        "missing": missing,
    }
    return manifest, collection, missing


def thin_out(vault: Vault, keep: dict[str, int] | None) -> tuple[list[str], int | None]:
    if keep is None:
        return [], 0
    names = vault.snapshots()
    unwanted = set(names) - keeping.kept(names, keep, timezone.get_default_timezone())
    vault.drop(unwanted)
    return sorted(unwanted), vault.drop_media_without_backup()


def clear_scratch(at: datetime.datetime) -> None:
    """Copies that a killed backup left among the data, a day later."""
    for folder in [*settings.VAR_DIR.glob("backup-*"), *settings.VAR_DIR.glob("restore-*")]:
        if folder.is_dir() and at.timestamp() - folder.stat().st_mtime > LEFT_BEHIND:
            shutil.rmtree(folder)


def leave_stamp(at: datetime.datetime, root: Path, taken: Taken) -> None:
    """`doctor` reads here how old the last backup is."""
    stamp = {"at": at.isoformat(), "to": str(root), "name": taken.name, "seconds": round(taken.seconds, 1)}
    draft = settings.VAR_DIR / f".{STAMP}.{os.getpid()}"
    draft.write_text(json.dumps(stamp))
    os.replace(draft, settings.VAR_DIR / STAMP)


def last_stamp() -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(json.loads((settings.VAR_DIR / STAMP).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
