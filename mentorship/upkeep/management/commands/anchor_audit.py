from django.core.management.base import BaseCommand, CommandError

from mentorship.upkeep.anchoring import anchor
from mentorship.upkeep.backups.programs import Trouble


class Command(BaseCommand):
    help = "Sends the ends of the audit chains away from this machine; verify_audit --against FILE compares with them."

    def handle(self, *args, **options):
        try:
            number, places = anchor()
        except (Trouble, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{number} ends went to {', '.join(places)}")
