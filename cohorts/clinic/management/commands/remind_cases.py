"""Reminds mentors, owners of steps and presenters; meant to run each morning."""

from django.core.management.base import BaseCommand

from cohorts.clinic.actions.reminding import remind_cases


class Command(BaseCommand):
    help = "会诊答复、处置步骤、30天和90天回访：到期前三个工作日、到期当天、以后每三个工作日提醒；同一天重跑不会再发"

    def handle(self, **options):
        self.stdout.write(f"提醒了 {remind_cases()} 条。")
