"""Clears drafts that nobody has gone on with, and what is known of forms that were sent; meant to run once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from evaluations.logs.actions import purge_drafts
from mentorship.audit.once import forget


class Command(BaseCommand):
    help = "Drops drafts of logs and reflections that were left alone for 60 days, and forgets forms sent two days ago."

    def handle(self, **options):
        self.stdout.write(f"{purge_drafts(now=timezone.now())} drafts dropped")
        forget()
