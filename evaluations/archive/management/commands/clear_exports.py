"""For a daily timer: `./studio manage clear_exports`. Asking for a new ZIP clears too."""

from django.core.management.base import BaseCommand

from evaluations.archive.actions import clear_exports


class Command(BaseCommand):
    help = "Deletes ZIPs of mentoring files that are older than seven days."

    def handle(self, *args, **options):
        self.stdout.write(f"{clear_exports()} ZIP files deleted.")
