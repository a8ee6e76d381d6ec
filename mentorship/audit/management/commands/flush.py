from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush

from mentorship.audit import guards


class Command(flush.Command):
    """Only between tests: a studio is not emptied, its trail and its results are kept."""

    def handle(self, **options):
        if settings.ENV != "test":
            raise CommandError("A studio is not emptied. For an empty one choose another STUDIO_VAR or DATABASE_URL.")
        guards.lift()
        super().handle(**options)
        guards.install()
