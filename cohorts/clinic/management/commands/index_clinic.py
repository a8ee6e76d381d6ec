"""Builds the search of the clinic anew."""

from django.core.management.base import BaseCommand
from django.db import transaction

from cohorts.clinic.searching.reindex import reindex


class Command(BaseCommand):
    help = "重建会诊所的检索：会诊单、案例卡、工作法和教学日志。可以随时重跑，结果一样"

    @transaction.atomic
    def handle(self, **options):
        total = reindex(lambda kind, kept: self.stdout.write(f"{kind}：{kept}"))
        self.stdout.write(f"检索里有 {total} 条。")
