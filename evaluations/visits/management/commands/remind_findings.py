"""Reminds the owners of findings; meant to run each morning."""

from django.core.management.base import BaseCommand

from evaluations.visits.actions.reminding import remind_findings


class Command(BaseCommand):
    help = "整改到期前三个工作日、到期当天、以后每三个工作日提醒负责人；同一天重跑不会再发"

    def handle(self, **options):
        self.stdout.write(f"提醒了 {remind_findings()} 条。")
