from django.core.management.base import BaseCommand, CommandError

from mentorship.audit.verify import verify, verify_all
from mentorship.places.models import Studio


class Command(BaseCommand):
    help = "Recomputes the audit trail's digests. Exit 1 and the first bad entry of each studio when one was touched."

    def add_arguments(self, parser):
        parser.add_argument("--studio", help="code of one studio; without it, all of them")

    def handle(self, *args, studio=None, **options):
        names = {row.pk: row.code for row in Studio.objects.all()}
        if studio and studio not in names.values():
            raise CommandError(f"There is no studio with the code {studio!r}.", returncode=2)
        wanted = [pk for pk, code in names.items() if code == studio]
        bad = 0
        for verdict in [verify(pk) for pk in wanted] if studio else verify_all():
            name = names.get(verdict.studio_id, str(verdict.studio_id))
            if verdict.fault:
                bad += 1
                self.stderr.write(f"{name}: entry {verdict.sequence}: {verdict.fault}")
            else:
                self.stdout.write(f"{name}: {verdict.sequence} entries sound, last {verdict.digest or '-'}")
        if bad:
            raise CommandError(f"The audit trail was touched in {bad} studio(s).")
