from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from mentorship.privacy.notice import document


class Command(BaseCommand):
    help = "Prints docs/privacy.md from the tables of the apps, or writes it."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true")

    def handle(self, *args, write, **options):
        with translation.override("zh-hans"):
            text = document()
        if write:
            (settings.BASE_DIR / "docs" / "privacy.md").write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
