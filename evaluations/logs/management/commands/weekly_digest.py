from django.core.management.base import BaseCommand, CommandError

from evaluations.logs.actions.digest import send_digests
from mentorship.common.errors import Refused


class Command(BaseCommand):
    help = "把上一周的教学日志小结发给专员：一批一周只发一次，重跑不会再发"

    def handle(self, **options):
        try:
            sent = send_digests()
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write(f"发了 {len(sent)} 份。")
