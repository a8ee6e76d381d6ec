import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mentorship.common.errors import Refused
from mentorship.people.actions import import_rows
from mentorship.people.importing import State, plan_import
from mentorship.places.models import Studio

REJECTED, UNREAD = 1, 2  # exit codes: some rows were rejected; nothing could be read at all


class Command(BaseCommand):
    help = "从表格导入书记名册：先对照，再写入；退回的行写明原因，其余照常入册"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--studio", required=True, help="工作室代码，例如 putuo")
        parser.add_argument("--dry-run", action="store_true", help="只对照，不写入")

    def handle(self, *, file, studio, dry_run, **options):
        found = Studio.objects.filter(code=studio).first()
        if found is None:
            known = "、".join(Studio.objects.values_list("code", flat=True))
            raise CommandError(f"没有代码是“{studio}”的工作室。现有：{known}", returncode=UNREAD)
        try:
            with file.open("rb") as opened:
                plan = plan_import(opened, file.name, found)
        except OSError as error:
            raise CommandError(f"打不开{file}：{error.strerror}", returncode=UNREAD) from error
        except Refused as refused:
            raise CommandError(str(refused), returncode=UNREAD) from refused
        for row in plan.rows:
            if row.state == State.REJECTED:
                reasons = "；".join(f"{heading}：{reason}" for heading, reason in row.errors.items())
                self.stdout.write(f"第{row.number}行退回：{reasons}")
        if not dry_run:
            import_rows(by=None, plan=plan)
        counts = plan.counts
        self.stdout.write(
            f"新增 {counts['new']}，改动 {counts['changed']}，没变 {counts['unchanged']}，退回 {counts['rejected']}"
            + ("（只对照，没有写入）" if dry_run else "")
        )
        if counts["rejected"]:
            sys.exit(REJECTED)
