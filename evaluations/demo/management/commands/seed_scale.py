import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from evaluations.demo.scale.filling import Filler
from evaluations.demo.scale.finishing import begin_trails, faults_found
from evaluations.demo.scale.keeping import Work
from evaluations.demo.scale.places import DISTRICTS, make_up, sites_of
from evaluations.demo.scale.template import read_template
from mentorship.places.loading import load_file
from mentorship.places.models import District, Studio

LOGS = 3_335  # a studio: ten million in the country
TELL_EVERY = 10  # seconds


class Command(BaseCommand):
    help = "把演示工作室复制到全国每个区：试速度用，只能在 PostgreSQL 上。中断了再跑一次就接着装"

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="全国居民区 CSV（.gz 也行）；不给就编造地名")
        parser.add_argument("--districts", type=int, default=DISTRICTS, help="几个区，连演示的那个区在内")
        parser.add_argument("--logs-per-studio", type=int, default=LOGS, help="每个工作室几篇教学日志")
        parser.add_argument("--block", type=int, default=5, help="一个事务装几个工作室")
        parser.add_argument("--workers", type=int, default=2, help="同时几条数据库连接")

    def handle(self, *, file, districts, logs_per_studio, block, workers, **options):
        self.refuse_elsewhere()
        with connection.cursor() as cursor:
            work = Work(cursor)
            if not work.lock():
                raise CommandError("另一个 seed_scale 正在这个数据库里跑。等它跑完。")
            try:
                self.prepare(work, file, {"districts": districts, "logs": logs_per_studio})
                self.fill(work, block, workers)
                self.finish(work)
            finally:
                work.unlock()

    def refuse_elsewhere(self):
        if connection.vendor != "postgresql":
            raise CommandError("seed_scale 只在 PostgreSQL 上跑：设好 DATABASE_URL 再试。")
        if settings.PRODUCTION:
            raise CommandError("这是试速度用的虚构数据，不能放进正式环境。去掉 STUDIO_ENV=production 再试。")

    def prepare(self, work: Work, file: Path | None, figures: dict[str, int]) -> None:
        """Keeps template and plan, once; after that both stand."""
        if work.begun:
            if {name: int(work.figures()[name]) for name in figures} != figures:
                raise CommandError("这个数据库是按别的规模开始装的。用同样的规模接着装，或者换一个数据库。")
            return
        if not Studio.objects.exists():
            self.say("先装演示工作室")
            call_command("load_demo", stdout=self.stdout)
        studio = Studio.objects.first()
        if Studio.objects.count() > 1 or not studio.demo_today:
            raise CommandError("数据库里有别的工作室，seed_scale 只往空的或只有演示工作室的数据库里装。")
        self.load_places(file, figures["districts"])
        if District.objects.count() < figures["districts"]:
            raise CommandError(f"文件里只有{District.objects.count()}个区。")
        with transaction.atomic():
            template = read_template(work.cursor, figures["logs"])
            sites = sites_of(work.cursor, studio.district_id, figures["districts"])
            work.begin(figures | {"template": studio.pk}, template, sites)

    def load_places(self, file: Path | None, districts: int) -> None:
        self.say("装入全国地名")
        with tempfile.TemporaryDirectory() as folder:
            load_file(file or make_up(Path(folder) / "places.csv.gz", districts))

    def fill(self, work: Work, block: int, workers: int) -> None:
        sites, all_sites = work.waiting(), work.count()
        if not sites:
            return
        filler = Filler(work.template(), work, dict(District.objects.values_list("code", "name")))
        began = told = time.monotonic()
        studios, rows = 0, 0
        for more, new in filler.run(sites, block, workers):
            studios, rows = studios + more, rows + new
            spent = time.monotonic() - began
            if time.monotonic() - told > TELL_EVERY or studios == len(sites):
                told, left = time.monotonic(), spent / max(1, studios) * (len(sites) - studios)
                self.say(
                    f"{all_sites - len(sites) + studios}/{all_sites} 个工作室，{rows:,} 行，"
                    f"{rows / spent:,.0f} 行/秒，还要 {left:,.0f} 秒"
                )

    def finish(self, work: Work) -> None:
        if "finished" in work.figures():
            self.say("已经装好，没有要补的")
            return
        for words, act in (
            ("重建索引", work.put_back),
            ("开始操作记录", begin_trails),
            ("VACUUM ANALYZE", self.vacuum),
        ):
            began = time.monotonic()
            act()
            self.say(f"{words}：{time.monotonic() - began:,.0f} 秒")
        began = time.monotonic()
        if faults := faults_found(work.figures()):
            raise CommandError("装进去的数据不对：\n" + "\n".join(faults))
        work.finished()
        self.say(f"核对过了，没有差错：{time.monotonic() - began:,.0f} 秒")

    def vacuum(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
