"""Writes the list of weak passwords anew from its parts (accounts/weak.py). `--check` only looks whether it is up to date."""

import gzip

from django.core.management.base import BaseCommand, CommandError

from mentorship.accounts import validators
from mentorship.accounts.weak import every_weak


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        words = every_weak()
        if check:
            if words != validators.weak():
                raise CommandError("The list is not what its parts make: run manage.py list_weak_passwords.")
        else:
            text = "\n".join(sorted(words)) + "\n"
            validators.LIST.write_bytes(gzip.compress(text.encode(), mtime=0))
        long = sum(len(word) >= validators.LONG for word in words)
        self.stdout.write(f"{len(words)} weak passwords, {long} of them of {validators.LONG} characters or more.")
