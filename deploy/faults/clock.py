"""T63: the clock of the site is an hour behind, a day ahead, at New Year, five minutes from the worker's: libfaketime."""

import contextlib
import datetime
import re
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import workers
from place import CannotRun, Figures, Person, Place

SHANGHAI = ZoneInfo("Asia/Shanghai")
PAGES = ("/mentor/", "/logs/", "/notices/", "/accounts/me/", "/todo/", "/calendar/")
BELOW_ZERO = re.compile(r"[>\s(（][-−–]\d+\s*(秒|分钟|小时|天|周|个月|年|second|minute|hour|day|week)")
DEMO_CLOCK = """
from mentorship.places.models import Studio
Studio.objects.update(demo_today=None)
print("{}")
"""
DAY = """
import json
from cohorts.models import Cohort
print(json.dumps([str(day) for day in Cohort.objects.values_list("ends", flat=True)]))
"""
ORDER = """
import json
from django.apps import apps
from django.db.models import F
from django_tasks_db.models import DBTaskResult
from mentorship.audit.models import Entry
from mentorship.upkeep.integrity import report
found = report()
chains = {}
for studio, sequence in Entry.objects.order_by("studio_id", "sequence").values_list("studio_id", "sequence"):
    chains.setdefault(str(studio), []).append(sequence)
print(json.dumps({
    "gaps": sum(chain != list(range(chain[0], chain[0] + len(chain))) for chain in chains.values()),
    "below_zero": DBTaskResult.objects.filter(finished_at__lt=F("started_at")).count(),
    "waiting": DBTaskResult.objects.exclude(status="SUCCESSFUL").count(),
    "integrity": found.database + found.missing + found.audit,
}))
"""


class Clock:
    """Of one process and what it starts; the rest of the machine keeps its own."""

    def __init__(self, folder: Path):
        found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not found:
            raise CannotRun("libfaketime is not installed (apt-get install libfaketime)")
        self.file = folder / "clock"
        self.env = {
            "LD_PRELOAD": str(found[0]), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
            "PYTHONPATH": str(Path(__file__).parent / "slept"),
        }  # fmt: skip
        self.off(0)

    def off(self, seconds: float) -> None:
        self.file.write_text(f"{seconds:+.0f}")

    def at(self, moment: datetime.datetime) -> None:
        self.off(moment.timestamp() - time.time())


def now() -> datetime.datetime:
    return datetime.datetime.now(SHANGHAI)


def run(place: Place, figures: Figures, what: str) -> None:
    clock = Clock(place.var.parent)
    place.env |= workers.SETTINGS
    place.shell(DEMO_CLOCK)
    pair = place.pair()
    place.start(**clock.env)
    try:
        person = Person(place.port).sign_in()
        shifted(place, clock, person, pair, figures, what)
        ended(place, clock, figures, what)
        new_year(place, clock, pair, figures, what)
        clock.off(0)
    finally:
        place.stop()
    apart(place, clock, figures, what)
    found = place.look(ORDER)
    figures.same(f"{what}: audit chains with a gap or out of order", found["gaps"], 0)
    figures.same(
        f"{what}: tasks that ended before they began, or wait", [found["below_zero"], found["waiting"]], [0, 0]
    )
    figures.same(f"{what}: faults of database, files, audit chain", found["integrity"], [])


def log(person: Person, pair, day: datetime.date) -> int:
    return person.write_log((pair[0], day.isoformat())).status


def shifted(place: Place, clock: Clock, person: Person, pair, figures: Figures, what: str) -> None:
    for words, seconds in [("an hour behind", -3600), ("right again", 0), ("a day ahead", 86400), ("right again", 0)]:
        clock.off(seconds)
        if seconds > 0:  # the session ended meanwhile, as it should
            person = Person(place.port).sign_in()
        read = [person.ask(path) for path in PAGES]
        day = (now() + datetime.timedelta(seconds=seconds)).date()
        figures.same(f"{what}: {words}: a log of that day", log(person, pair, day), 302)
        figures.same(
            f"{what}: {words}: pages not read", [p for p, a in zip(PAGES, read, strict=True) if a.status != 200], []
        )
        below = sum(len(BELOW_ZERO.findall(answer.text)) for answer in read)
        figures.same(f"{what}: {words}: times below zero in pages", below, 0)


def ended(place: Place, clock: Clock, figures: Figures, what: str) -> None:
    """A session that the clock ended does not come back when the clock goes back."""
    clock.off(0)
    person = Person(place.port).sign_in()
    figures.same(f"{what}: signed in", person.ask("/mentor/").status, 200)
    kept = dict(person.cookies)
    clock.off(25 * 3600)
    figures.same(f"{what}: 25 hours later", person.ask("/mentor/").status, 302)
    clock.off(0)
    person.cookies = kept
    figures.same(f"{what}: the clock back again: still ended", person.ask("/mentor/").status, 302)


def new_year(place: Place, clock: Clock, pair, figures: Figures, what: str) -> None:
    """From 23:59 of 31 December in Shanghai, where UTC is still at four in the afternoon, over into January."""
    eve = datetime.datetime(now().year, 12, 31, 23, 59, 40, tzinfo=SHANGHAI)
    clock.at(eve)
    person = Person(place.port).sign_in()
    tomorrow = eve.date() + datetime.timedelta(days=1)
    figures.same(f"{what}: 31 Dec, 23:59: a log of today", log(person, pair, eve.date()), 302)
    figures.same(f"{what}: 31 Dec, 23:59: a log of tomorrow", log(person, pair, tomorrow), 200)
    clock.at(eve + datetime.timedelta(seconds=30))
    figures.same(f"{what}: 1 Jan, 0:00: a log of today", log(person, pair, tomorrow), 302)
    figures.same(f"{what}: 1 Jan, 0:00: pages not read", [p for p in PAGES if person.ask(p).status != 200], [])


def apart(place: Place, clock: Clock, figures: Figures, what: str) -> None:
    """The worker's clock is five minutes behind, then ahead of, the one that asked."""
    for seconds in (-300, 300):
        title = f"FAULT-APART{seconds}-"
        place.shell(workers.ASK + f'a_mail("{title}")\nprint("{{}}")')
        clock.off(seconds)
        for _try in range(2):
            with contextlib.suppress(OSError):
                workers.work(place, "default", **clock.env)
            clock.off(max(seconds, 0) + 1)  # time goes on
        figures.same(f"{what}: worker {seconds:+} s: mails", place.look(workers.LOOK)["mails"][title], 1)
