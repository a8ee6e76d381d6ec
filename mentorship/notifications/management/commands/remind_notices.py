"""Reminds of notices whose day is near; meant to run each morning."""

from django.core.management.base import BaseCommand

from mentorship.notifications.actions import remind_before_deadlines


class Command(BaseCommand):
    help = "通知到期前一天，提醒还没看、没签收的人：一条通知只提醒一次，重跑不会再发"

    def handle(self, **options):
        self.stdout.write(f"提醒了 {remind_before_deadlines()} 条。")
