"""Reminds the owners of action items; meant to run each morning."""

from django.core.management.base import BaseCommand

from cohorts.meetings.actions import remind_items


class Command(BaseCommand):
    help = "议定事项到期前三个工作日、到期当天、以后每三个工作日提醒牵头的人；同一天重跑不会再发"

    def handle(self, **options):
        self.stdout.write(f"提醒了 {remind_items()} 项。")
