"""A folder with backups in it.

    snapshots/20261129T194400.123Z/   one backup: the database and, written last, its manifest
    media/ab/ab12...                  private files by the hash of what is in them; all backups share them

Names end in .sealed where a key was given. A snapshot without a manifest was cut off and counts for nothing.
"""

import contextlib
import datetime
import fcntl
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .sealing import BadKey, Damaged, Key, Sealer, Unsealer

BLOCK = 1 << 20
MANIFEST = "manifest.json"
SEALED = ".sealed"
PRIVATE_FOLDER = 0o700


class Busy(Exception):
    """Another backup is writing into the same folder."""


class Blob(NamedTuple):
    digest: str  # SHA-256 of the content
    size: int


class Vault:
    def __init__(self, root: Path, key: Key | None = None):
        self.root, self.key = root, key
        self.media = root / "media"
        self.ending = SEALED if key else ""

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One backup at a time; the lock goes with the process that holds it."""
        for folder in (self.root, self.media, self.root / "snapshots"):
            folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        with open(self.root / ".lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Busy(f"Another backup is writing into {self.root}.") from error
            yield

    # --- snapshots

    def snapshots(self) -> list[str]:
        """Names of whole backups, newest first, whatever their key."""
        whole = [path for path in self.root.glob(f"snapshots/*/{MANIFEST}*") if path.suffix in (".json", SEALED)]
        return sorted((path.parent.name for path in whole), reverse=True)

    def folder_of(self, name: str) -> Path:
        return self.root / "snapshots" / name

    def new_snapshot(self, at: datetime.datetime) -> str:
        name = f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%S}.{at.microsecond // 1000:03}Z"
        self.folder_of(name).mkdir(PRIVATE_FOLDER)
        return name

    def is_sealed(self, name: str) -> bool:
        return (self.folder_of(name) / f"{MANIFEST}{SEALED}").exists()

    def write_manifest(self, name: str, manifest: dict) -> None:
        """The last act of a backup: with its name the snapshot is whole."""
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
        whole = json.dumps({"manifest": text, "sha256": hashlib.sha256(text.encode()).hexdigest()})
        with self.create(self.folder_of(name) / f"{MANIFEST}{self.ending}", f"manifest {name}") as target:
            target.write(whole.encode())
        sync_folder(self.folder_of(name))

    def read_manifest(self, name: str) -> dict:
        """Raises BadKey or Damaged."""
        sealed = self.is_sealed(name)
        with self.open(self.folder_of(name) / f"{MANIFEST}{SEALED if sealed else ''}", f"manifest {name}") as source:
            try:
                whole = json.loads(source.read())
                text, digest = whole["manifest"], whole["sha256"]
            except (ValueError, KeyError, TypeError) as error:
                raise Damaged(f"the manifest of {name} is damaged") from error
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            raise Damaged(f"the manifest of {name} is damaged")
        return json.loads(text)

    def clear_broken(self) -> None:
        """What backups that were cut off left behind. Only for the one who holds the lock."""
        whole = set(self.snapshots())
        for folder in self.root.glob("snapshots/*"):
            if folder.name not in whole:
                shutil.rmtree(folder)
        for draft in self.media.glob("*/.draft-*"):
            draft.unlink()

    def drop(self, names: set[str]) -> None:
        for name in names:  # the manifest first: half a snapshot is none
            for path in sorted(self.folder_of(name).iterdir(), key=lambda path: not path.name.startswith(MANIFEST)):
                path.unlink()
            self.folder_of(name).rmdir()

    # --- media

    def blob_path(self, digest: str) -> Path:
        name = self.key.name_of(digest) if self.key else digest
        return self.media / name[:2] / f"{name}{self.ending}"

    def add(self, path: Path) -> tuple[Blob, bool]:
        """Keeps what is in the file; whether it had to be copied. Raises FileNotFoundError when it is gone meanwhile."""
        with open(path, "rb") as source:
            blob = digest_of(source)
            target = self.blob_path(blob.digest)
            if target.exists():
                return blob, False
            target.parent.mkdir(PRIVATE_FOLDER, exist_ok=True)
            source.seek(0)
            with self.create(target, f"media {blob.digest}") as copy:
                shutil.copyfileobj(source, copy, BLOCK)
        return blob, True

    def open_blob(self, digest: str) -> BinaryIO:
        path = self.blob_path(digest)
        if not path.exists():
            raise Damaged(f"media file {digest[:12]} is missing")
        return self.open(path, f"media {digest}")

    def drop_media_without_backup(self) -> int | None:
        """Media files that no snapshot names any more. None when a manifest can't be read with this key: then none go."""
        try:
            named = {blob[0] for name in self.snapshots() for blob in self.read_manifest(name)["media"].values()}
        except (BadKey, Damaged):
            return None
        wanted = {self.blob_path(digest) for digest in named}
        unwanted = [path for path in self.media.glob("*/*") if path not in wanted]
        for path in unwanted:
            path.unlink()
        return len(unwanted)

    # --- one file

    @contextlib.contextmanager
    def create(self, path: Path, label: str) -> Iterator[BinaryIO]:
        """A file that gets its name when it is whole and on the disk."""
        draft = tempfile.NamedTemporaryFile(dir=path.parent, prefix=".draft-", delete=False)  # noqa: SIM115
        try:
            with draft:
                target = Sealer(draft, self.key, label) if self.key else draft
                yield target
                if self.key:
                    target.close()
                draft.flush()
                os.fsync(draft.fileno())
            os.replace(draft.name, path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise

    def open(self, path: Path, label: str) -> BinaryIO:
        try:
            file = open(path, "rb")  # noqa: SIM115 - the caller closes it
        except FileNotFoundError as error:
            raise Damaged(f"{path.name} is missing") from error
        if path.suffix != SEALED:
            return file
        try:
            return io.BufferedReader(Unsealer(file, self.key, label), BLOCK)
        except BaseException:
            file.close()
            raise


def digest_of(source: BinaryIO) -> Blob:
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        digest.update(block)
        size += len(block)
    return Blob(digest.hexdigest(), size)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
