"""Takes the second factor off an account whose owner has lost phone and recovery codes, and whom nobody else can help."""

from django.core.management.base import BaseCommand, CommandError

from mentorship.accounts.actions import clear_second_factor
from mentorship.accounts.models import User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        clear_second_factor(by=None, user=user)
        self.stdout.write(f"{username} has no second factor any more, and has to sign in again.")
