import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from evaluations.demo.cast import make_staff
from evaluations.demo.places import DEMO_TODAY, EARLIEST, make_bases, make_studio
from evaluations.demo.reader import demo_data
from evaluations.demo.register import fill_register
from evaluations.demo.story import Story
from mentorship.framework.actions import create_from_data, lock
from mentorship.places.models import Studio


class Command(BaseCommand):
    help = "把虚构的第一批放进空的数据库：六位带教书记、三十名学员、真实地名"

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="已有工作室就什么也不做")
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            default=DEMO_TODAY,
            help="演示里的今天，如 2019-07-01：到那天为止的事都装进来（不早于2019-03-06）",
        )
        parser.add_argument("--anonymise-places", action="store_true", help="地名改成甲街道、乙居民区")

    def handle(self, *, if_empty, anonymise_places, today, **options):
        if today < EARLIEST:
            raise CommandError(f"演示的故事从 {EARLIEST} 讲起，--today 不能更早。")
        if settings.PRODUCTION:
            raise CommandError("演示数据带着公开的密码，不能放进正式环境。去掉 STUDIO_ENV=production 再试。")
        if Studio.objects.exists():
            if if_empty:
                return
            raise CommandError("数据库里已有工作室，演示数据只放进空的数据库。换一个 STUDIO_VAR 或 DATABASE_URL 再试。")
        with transaction.atomic():
            data = demo_data()
            studio = make_studio(data, anonymise=anonymise_places, today=today)
            staff = make_staff(studio, data)
            bases = make_bases(studio, data)
            framework = create_from_data(by=staff["O1"], studio=studio, data=data["framework"])
            lock(by=staff["O1"], framework=framework)
            Story(studio, data, staff, bases, framework).tell()
            added = fill_register(studio)
        self.stdout.write(f"演示数据放好了：{studio.name}，名册另补 {added} 人。人物均为虚构。")
