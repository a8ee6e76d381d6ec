"""A backup into an empty database and an empty folder of private files (docs/operations.md)."""

import os
import subprocess  # nosec B404
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentorship.upkeep.backups.giving_back import give_back, look_at
from mentorship.upkeep.backups.programs import Trouble
from mentorship.upkeep.backups.sealing import BadKey, Damaged, load_key
from mentorship.upkeep.backups.vault import Vault


class Command(BaseCommand):
    help = (
        "Puts a backup back, compares it with its manifest and prints what was found. Everything is checked beforehand."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="the folder that backup wrote into")
        parser.add_argument("--decrypt-with", metavar="FILE", default=settings.BACKUP_KEY_FILE, help="key file")
        parser.add_argument("--at", metavar="NAME", help="which backup (see backup --list); without it, the newest")
        parser.add_argument(
            "--into", metavar="PLACE", help="a data folder or a postgres:// address in place of the configured ones"
        )
        parser.add_argument("--force-empty", action="store_true", help="empty database and private files first")
        parser.add_argument("--check", action="store_true", help="read the whole backup, write nothing")

    def handle(self, *args, source, decrypt_with, at, into, force_empty, check, **options):
        if into:
            run_again(elsewhere(into), source, decrypt_with, at, force_empty, check)
        else:
            self.restore(source.absolute(), decrypt_with, at, force_empty, check)

    def restore(self, root, decrypt_with, at, force_empty, check):
        began, good = time.monotonic(), True
        try:
            vault = Vault(root, load_key(Path(decrypt_with)) if decrypt_with else None)
            name = chosen(vault, at)
            if check:
                look_at(vault, name, self.tell)
            else:
                good = give_back(vault, name, self.tell, force=force_empty)
        except Damaged as error:
            raise CommandError(f"This backup is damaged, nothing was written: {error}.") from error
        except (BadKey, Trouble) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The backup was not restored: {error}.") from error
        self.tell("time", f"{time.monotonic() - began:.1f} s")
        if not good:
            raise CommandError(f"{name} was restored, but not everything is as it was: see WRONG above.")
        self.stdout.write(f"{name} {'is sound' if check else 'is restored'}.")

    def tell(self, what: str, found: str):
        self.stdout.write(f"  {what:14} {found}")


def chosen(vault: Vault, at: str | None) -> str:
    names = vault.snapshots()
    if not names:
        raise CommandError(f"There is no backup in {vault.root}.")
    if at and at not in names:
        raise CommandError(f"There is no backup {at} in {vault.root}. The newest is {names[0]}.")
    name = at or names[0]
    if vault.is_sealed(name) and vault.key is None:
        raise CommandError("This backup is sealed: name its key file with --decrypt-with.")
    if vault.key and not vault.is_sealed(name):
        vault.key, vault.ending = None, ""
    return name


def elsewhere(into: str) -> dict[str, str]:
    if into.startswith(("postgres://", "postgresql://")):
        return {"DATABASE_URL": into}
    return {"STUDIO_VAR": str(Path(into).absolute())}


def run_again(surroundings, source, decrypt_with, at, force_empty, check):
    """Settings are read once: another place is another process."""
    flags = [
        *(["--force-empty"] if force_empty else []),
        *(["--check"] if check else []),
        *(["--at", at] if at else []),
    ]
    if decrypt_with:
        flags += ["--decrypt-with", str(Path(decrypt_with).absolute())]
    done = subprocess.run(  # noqa: S603 - this very command  # nosec B603
        [sys.executable, "manage.py", "restore", str(source.absolute()), *flags],
        cwd=settings.BASE_DIR,
        env=os.environ | surroundings,
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
