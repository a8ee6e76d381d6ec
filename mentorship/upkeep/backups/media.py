"""Private files of one machine: found, taken into a vault, laid beside the old ones and then put in their place."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.core.files.storage import FileSystemStorage, default_storage

from .sealing import Damaged
from .vault import BLOCK, Blob, Vault, digest_of

STAGING = ".restoring"


def private_root() -> Path | None:
    """The folder of private files; nothing when they lie on another store, which keeps versions of them itself."""
    return Path(default_storage.location) if isinstance(default_storage, FileSystemStorage) else None


def stored_names() -> set[str]:
    """What lies in the folder, or on the other store."""
    root = private_root()
    if root:
        return {path.relative_to(root).as_posix() for path in private_files(root)}
    return set(names_under(""))


def names_under(folder: str) -> Iterator[str]:
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}{name}" for name in names)
    for inner in folders:
        yield from names_under(f"{folder}{inner}/")


def private_files(root: Path) -> Iterator[Path]:
    """Every file, but not what a restore is laying out, and nothing that a link points at."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != STAGING)
        for name in sorted(names):
            path = Path(folder) / name
            if not path.is_symlink():
                yield path


class Collection:
    """What has been taken so far. It goes over the files twice: before the database is copied, so that whatever a row
    names is there already, and after it, for what came meanwhile."""

    def __init__(self, vault: Vault, root: Path):
        self.vault, self.root = vault, root
        self.blobs: dict[str, Blob] = {}
        self.seen: dict[str, tuple] = {}
        self.copied = self.copied_bytes = 0

    def go_over(self) -> None:
        for path in private_files(self.root):
            name = path.relative_to(self.root).as_posix()
            try:
                stat = path.stat()
                state = (stat.st_size, stat.st_mtime_ns)
                if self.seen.get(name) != state:
                    self.take(name, path)
                    self.seen[name] = state
            except FileNotFoundError:  # deleted just now
                continue

    def take(self, name: str, path: Path) -> None:
        blob, copied = self.vault.add(path)
        self.blobs[name] = blob
        self.copied += copied
        self.copied_bytes += blob.size if copied else 0

    def settle(self, named: list[str]) -> list[str]:
        """Leaves out what was deleted meanwhile and no row of the copied database names; gives what rows name in vain."""
        wanted = set(named)
        self.blobs = {name: blob for name, blob in self.blobs.items() if name in wanted or (self.root / name).exists()}
        return sorted(wanted - self.blobs.keys())


class Elsewhere:
    """In place of a collection where private files lie on another store: none is taken, but rows are compared."""

    copied = copied_bytes = 0

    def __init__(self):
        self.blobs: dict[str, Blob] = {}

    def go_over(self) -> None:
        pass

    def settle(self, named: list[str]) -> list[str]:
        return sorted(set(named) - stored_names())


def lay_out(vault: Vault, root: Path, media: dict[str, list]) -> None:
    """Writes every file of a backup into the staging folder and checks each. Raises Damaged and leaves nothing."""
    staging = root / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(0o750, parents=True)
    try:
        for name, (digest, size) in media.items():
            target = staging / inside(name)
            target.parent.mkdir(0o750, parents=True, exist_ok=True)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
            with open(descriptor, "wb") as copy, vault.open_blob(digest) as source:
                shutil.copyfileobj(source, copy, BLOCK)
            with open(target, "rb") as copy:
                check(name, digest_of(copy), digest, size)
    except BaseException:
        shutil.rmtree(staging)
        raise


def look_through(vault: Vault, media: dict[str, list]) -> None:
    """Reads every file of a backup and writes none. Raises Damaged."""
    for name, (digest, size) in media.items():
        with vault.open_blob(digest) as source:
            check(name, digest_of(source), digest, size)


def check(name: str, found: Blob, digest: str, size: int) -> None:
    if found != (digest, size):
        raise Damaged(f"{name} is damaged")


def inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Damaged(f"{name} points out of the folder of private files")
    return path


def put_in_place(root: Path) -> None:
    """What was laid out takes the place of all that lies in the folder."""
    staging = root / STAGING
    for old in root.iterdir():
        if old.name != STAGING:
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    for new in staging.iterdir():
        os.rename(new, root / new.name)
    staging.rmdir()


def is_empty(root: Path) -> bool:
    return next(private_files(root), None) is None
