from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mentorship.audit.anchors import lost, read
from mentorship.audit.verify import verify, verify_all
from mentorship.places.models import Studio


class Command(BaseCommand):
    help = "Recomputes the audit trail's digests. Exit 1 and the first bad entry of each studio when one was touched."

    def add_arguments(self, parser):
        parser.add_argument("--studio", help="code of one studio; without it, all of them")
        parser.add_argument("--against", metavar="FILE", type=Path, help="ends that anchor_audit kept elsewhere")

    def handle(self, *args, studio=None, against=None, **options):
        names = {row.pk: row.code for row in Studio.objects.all()}
        if studio and studio not in names.values():
            raise CommandError(f"There is no studio with the code {studio!r}.", returncode=2)
        anchors = anchors_of(against) if against else []
        wanted = [pk for pk, code in names.items() if code == studio]
        bad = set()
        for verdict in [verify(pk) for pk in wanted] if studio else verify_all():
            name = names.get(verdict.studio_id, str(verdict.studio_id))
            if verdict.fault:
                bad.add(name)
                self.stderr.write(f"{name}: entry {verdict.sequence}: {verdict.fault}")
            else:
                self.stdout.write(f"{name}: {verdict.sequence} entries sound, last {verdict.digest or '-'}")
            if verdict.back_at:
                self.stderr.write(f"{name}: entry {verdict.back_at}: written before the one before it, by the clock")
        for studio_id, fault in lost(anchors):
            name = names.get(studio_id, str(studio_id))
            if not studio or name == studio:
                bad.add(name)
                self.stderr.write(f"{name}: {fault}")
        if bad:
            raise CommandError(f"The audit trail was touched in {len(bad)} studio(s).")


def anchors_of(path: Path):
    try:
        found = read(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.", returncode=2) from error
    if not found:
        raise CommandError(f"No end of a chain stands in {path}.", returncode=2)
    return found
