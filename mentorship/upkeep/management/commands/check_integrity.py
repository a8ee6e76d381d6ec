import json

from django.core.management.base import BaseCommand, CommandError

from mentorship.upkeep.integrity import report

WORDS = {
    "database": "The database breaks its own rules. Stop the site, keep a copy, and restore the last sound backup",
    "missing": "Rows name files that are not there. Look for them in a backup (restore --check, then restore elsewhere)",
    "audit": "The audit trail was touched. Keep a copy of the database and find out who could write to it",
    "orphans": "Files that no row names; they do no harm. Look at them before you delete them",
}


class Command(BaseCommand):
    help = "Compares database, private files and audit trail. Exit 1 when they don't agree; files without a row are only told."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json", help="for machines")

    def handle(self, *args, as_json, **options):
        found = report()
        if as_json:
            self.stdout.write(json.dumps({"sound": found.is_sound, **found._asdict()}, ensure_ascii=False))
        else:
            self.tell(found)
        if not found.is_sound:
            raise CommandError("Database, files and audit trail do not agree.")

    def tell(self, found):
        for part, lines in found._asdict().items():
            if lines:
                self.stdout.write(f"{WORDS[part]}: {len(lines)}")
                for line in lines[:50]:
                    self.stdout.write(f"  {line}")
            else:
                self.stdout.write(f"{part}: nothing found")
