import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentorship.upkeep.duties import State, all_findings


class Command(BaseCommand):
    help = "Looks at each duty of whoever runs the site: green, or red with the mend. Exit 1 in production when one is red."
    requires_system_checks = []  # it is run when something is wrong

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json", help="for machines")

    def handle(self, *args, as_json, **options):
        findings = all_findings()
        if as_json:
            self.stdout.write(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False))
        else:
            self.tell(findings)
        red = sum(finding.state == State.RED for finding in findings)
        if red and settings.PRODUCTION:
            raise CommandError(f"{red} duties are red.")

    def tell(self, findings):
        paint = {State.GREEN: self.style.SUCCESS, State.RED: self.style.ERROR, State.IDLE: str}
        for finding in findings:
            state = paint[finding.state](f"{finding.state:5}")
            self.stdout.write(f"{state} {finding.duty:22} {finding.found}")
            if finding.mend:
                self.stdout.write(f"      {'':22} mend: {finding.mend}")
