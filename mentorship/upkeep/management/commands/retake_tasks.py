from django.core.management.base import BaseCommand
from django.utils import timezone

from mentorship.upkeep.retaking import retake


class Command(BaseCommand):
    help = (
        "Puts background tasks back into the queue whose worker was killed or which failed; parks them the fifth time."
    )

    def handle(self, *args, **options):
        again, parked = retake(now=timezone.now())
        self.stdout.write(f"{again} tried again, {parked} parked")
