"""Database, private files and a manifest into a folder (docs/operations.md)."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentorship.upkeep.backups import keeping
from mentorship.upkeep.backups.programs import Trouble
from mentorship.upkeep.backups.sealing import BadKey, load_key, new_key
from mentorship.upkeep.backups.taking import Taken, take
from mentorship.upkeep.backups.vault import Busy, Vault
from mentorship.upkeep.sizes import in_words


class Command(BaseCommand):
    help = "Takes the database and the private files away, while people work. Files that did not change are not copied again."

    def add_arguments(self, parser):
        parser.add_argument("dest", nargs="?", default=settings.BACKUP_TO, help="folder; without it, STUDIO_BACKUP_TO")
        parser.add_argument("--encrypt-with", metavar="FILE", default=settings.BACKUP_KEY_FILE, help="key file")
        parser.add_argument("--keep", help='what to keep, as "7d,4w,4m"; without it nothing is thrown away')
        parser.add_argument("--new-key", metavar="FILE", type=Path, help="make a key file, and nothing else")
        parser.add_argument("--list", action="store_true", dest="show", help="say which backups lie there")

    def handle(self, *args, dest, encrypt_with, keep, new_key, show, **options):
        if new_key:
            self.make_key(new_key)
        elif not dest:
            raise CommandError("Say where to: ./studio manage backup FOLDER, or set STUDIO_BACKUP_TO.")
        elif show:
            self.show(Vault(Path(dest).absolute()))
        else:
            self.back_up(
                Path(dest).absolute(),
                encrypt_with,
                keep if keep or dest != settings.BACKUP_TO else settings.BACKUP_KEEP,
            )

    def back_up(self, root, encrypt_with, keep):
        try:
            key = load_key(Path(encrypt_with)) if encrypt_with else None
            taken = take(root=root, key=key, keep=keeping.parse(keep) if keep else None)
        except (BadKey, Busy, Trouble, ValueError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The backup was not made: {error}.") from error
        self.tell(taken, sealed=bool(key))

    def make_key(self, path):
        try:
            new_key(path)
        except OSError as error:
            raise CommandError(f"No key was made: {error}.") from error
        self.stdout.write(f"{path} is the key. Keep a copy away from this machine: without it no backup opens.")

    def show(self, vault):
        for name in vault.snapshots():
            sealed = "sealed" if vault.is_sealed(name) else "open"
            self.stdout.write(f"{name}  {sealed}")

    def tell(self, taken: Taken, *, sealed: bool):
        for name in taken.missing:
            self.stderr.write(f"missing: {name} (a row names it, and it is not there)")
        if taken.media_dropped is None:
            self.stderr.write("Media of dropped backups stay: some backups here have another key or are damaged.")
        files = f"{taken.files} private files, {taken.copied} of them new ({in_words(taken.copied_bytes)})"
        if taken.files is None:
            files = "private files lie on another store and are NOT in it (keep versions there)"
        self.stdout.write(
            f"{taken.name}: {taken.rows} rows ({in_words(taken.database_bytes)}), {files}, "
            f"{len(taken.dropped)} old backups dropped, "
            f"{'sealed' if sealed else 'NOT sealed'}, {taken.seconds:.1f} s"
        )
