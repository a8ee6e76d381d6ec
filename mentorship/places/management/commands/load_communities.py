import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from mentorship.common.errors import Refused
from mentorship.places.loading import SHIPPED, Counts, load_file


class Command(BaseCommand):
    help = gettext_lazy("装入官方的区、街镇、居民区（村）；不写文件名就装随带的普陀区")

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED, help="CSV, plain or .gz")
        parser.add_argument("--district", default="", help="only this 6-digit district code")

    def handle(self, *, file, district, **options):
        quiet = not sys.stderr.isatty()
        with tqdm(unit=_("行"), unit_scale=True, disable=quiet, file=sys.stderr) as bar:
            try:
                outcome = load_file(file, district, bar.update)
            except Refused as refused:
                raise CommandError(str(refused)) from refused
        for line, reason in outcome.rejected:
            self.stderr.write(_("第%(line)s行退回：%(reason)s") % {"line": line, "reason": reason})
        for code, old, new in outcome.renamed:
            self.stdout.write(_("改名：%(code)s %(old)s → %(new)s") % {"code": code, "old": old, "new": new})
        self.tell(_("区县"), outcome.districts)
        self.tell(_("街镇"), outcome.subdistricts)
        self.tell(_("居民区（村）"), outcome.communities)
        self.stdout.write(_("退回%(count)s行") % {"count": len(outcome.rejected)})
        if outcome.rejected:
            sys.exit(1)

    def tell(self, level: str, counts: Counts) -> None:
        self.stdout.write(
            _("%(level)s：新增%(new)s，改动%(changed)s，没变%(unchanged)s")
            % {"level": level, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}
        )
