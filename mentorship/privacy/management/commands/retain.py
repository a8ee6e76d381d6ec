from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.privacy.actions import retain
from mentorship.privacy.due import aged, left_long_ago, papers_over


class Command(BaseCommand):
    help = "Empties or deletes what is past its time (docs/privacy.md). Runs by itself every night."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args, dry_run, **options):
        now = timezone.now()
        if dry_run:
            self.foretell(now)
            return
        done = retain(now=now)
        if done["refused"]:
            raise CommandError(f"{done['refused']} refused; the log says why. The rest is done.")
        self.stdout.write(", ".join(f"{what}: {count}" for what, count in sorted(done.items())) or "nothing was due")

    def foretell(self, now):
        """No names: this ends in logs."""
        today = timezone.localdate(now)
        for table, rows in aged(now):
            if count := rows.count():
                self.stdout.write(f"{table.model}: {count} rows past their time ({table.drop.name.lower()})")
        for erasure in papers_over(today):
            self.stdout.write(f"papers of {erasure}: kept until {erasure.papers_until}")
        for person in left_long_ago(today):
            self.stdout.write(f"people.Secretary {person.secretary.pk}: left on {person.secretary.left_on}")
