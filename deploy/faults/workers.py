"""T61: workers are killed at five points of each kind of work, two work at once, one task is poison."""

import signal
import subprocess
import sys

from place import ROOT, Figures, Place, must

POINTS = ("claiming", "claimed", "begun", "made", "noted")
SETTINGS = {"TASKS_BACKEND": "django_tasks_db.DatabaseBackend"}
ASK = """
import json
from cohorts.models import Pairing
from evaluations.archive.actions import ask_export
from evaluations.archive.models import ExportJob
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.tasks import email_receipt
from mentorship.privacy.actions import ask_copy
mentor, lead = User.objects.get(username="mentor"), User.objects.get(username="organizer")
User.objects.filter(pk=mentor.pk).update(email="mentor@studio.example")
User.objects.filter(is_operator=True).exists() or User.objects.create(username="fault-operator", is_operator=True)
pair = Pairing.objects.filter(ends=None, mentor__secretary__user=mentor).select_related("studio", "mentor").first()
def a_mail(title):
    notice = Notice.objects.create(studio=pair.studio, kind="message", particulars={"title": title, "text": "x"})
    receipt = Receipt.objects.create(studio=pair.studio, notice=notice, recipient=mentor)
    email_receipt.enqueue(str(receipt.pk))
"""
ALL_KINDS = """
a_mail("FAULT-POINT-")
ask_export(by=lead, cohort=pair.mentor.cohort, mentor=pair.mentor)
ask_copy(by=mentor)
print("{}")
"""
TIME_PASSES = """
import datetime
from django.core.management import call_command
from django.db.models import F
from django_tasks_db.models import DBTaskResult, get_date_max
from evaluations.archive.models import ExportJob
from mentorship.privacy.models import OwnCopy
ago = datetime.timedelta(minutes=MINUTES)
def time_passes():
    DBTaskResult.objects.update(**{name: F(name) - ago for name in ("enqueued_at", "started_at", "finished_at")})
    DBTaskResult.objects.exclude(run_after=get_date_max()).update(run_after=F("run_after") - ago)
    for packs in (ExportJob, OwnCopy):
        packs.objects.filter(state="running").update(updated_at=F("updated_at") - ago)
    call_command("retake_tasks", verbosity=0)
time_passes()
print("{}")
"""
LOOK = """
import json
from pathlib import Path
from django.conf import settings
from django_tasks_db.models import DBTaskResult
from evaluations.archive.models import ExportJob
from mentorship.audit.models import Entry
from mentorship.notifications.models import Notice, Receipt
from mentorship.privacy.models import OwnCopy
from mentorship.upkeep.integrity import report
found = report()
mails = "".join(path.read_text() for path in Path(settings.EMAIL_FILE_PATH).glob("*"))
told = Notice.objects.filter(kind="message", particulars__title__startswith="FAULT")
def packs(model):
    return [[row.state, bool(row.file) and row.file.storage.exists(row.file.name)] for row in model.objects.all()]
kept = [row.file for model in (ExportJob, OwnCopy) for row in model.objects.exclude(file="")]
named, stored = {one.path for one in kept}, {str(path) for one in kept for path in Path(one.path).parent.glob("*.zip")}
print(json.dumps({
    "mails": {one.particulars["title"]: mails.count("Subject: " + one.particulars["title"]) for one in told},
    "not_noted": Receipt.objects.filter(notice__in=told, emailed_at=None).count(),
    "exports": packs(ExportJob), "copies": packs(OwnCopy),
    "tasks": list(DBTaskResult.objects.values_list("task_path", "status", "worker_ids")),
    "parked_words": Notice.objects.filter(kind="task_parked").count(),
    "asked": Entry.objects.filter(verb="archive.exported").count(), "failed": Entry.objects.filter(verb="archive.export_failed").count(),
    "orphans": len(stored - named), "integrity": found.database + found.missing + found.audit,
}))
"""


def worker(place: Place, point: str, backend: str, **more) -> subprocess.Popen:
    command = [sys.executable, "deploy/faults/strike.py", point, backend]
    with place.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=place.env | {"STUDIO_ENV": "embedded"} | more, stdout=log, stderr=log
        )


def work(place: Place, *backends: str, **more) -> None:
    """Until nothing is left to do."""
    for running in [worker(place, "none", backend, **more) for backend in backends]:
        must(running.wait(300) == 0, f"a worker ended:\n{place.told()}")


def time_passes(place: Place, minutes: int = 16) -> None:
    place.shell(TIME_PASSES.replace("MINUTES", str(minutes)))


def killed_at(place: Place, point: str) -> int:
    """How many of the three were killed there. Everything is done afterwards, as far as it is taken up again."""
    place.shell(ASK + ALL_KINDS.replace("POINT", point))
    kills = 0
    for backend in ("default", "long", "long"):
        kills += worker(place, point, backend).wait(300) == -signal.SIGKILL
    time_passes(place)
    work(place, "default", "long")
    return kills


def run(place: Place, points: int, mails: int, figures: Figures, what: str) -> None:
    chosen = POINTS if points >= len(POINTS) else POINTS[-points:]
    for point in chosen:
        figures.same(f"{what}: killed {point}: mail, export, copy", killed_at(place, point), 3)
    judge_kills(place.look(LOOK), len(chosen), figures, what)
    two_at_once(place, mails, figures, what)
    poison(place, figures, what)


def judge_kills(found: dict, points: int, figures: Figures, what: str) -> None:
    figures.same(f"{what}: tasks not done", [each for each in found["tasks"] if each[1] != "SUCCESSFUL"], [])
    figures.same(f"{what}: mails not noted as sent", found["not_noted"], 0)
    figures.at_least(f"{what}: fewest mails of one notice", min(found["mails"].values()), 1)
    figures.at_most(f"{what}: most mails of one notice", max(found["mails"].values()), 2)
    figures.same(f"{what}: exports made, with a file", found["exports"].count(["done", True]), points)
    figures.same(f"{what}: exports asked for, failed (audit)", [found["asked"], found["failed"]], [points, 0])
    figures.same(f"{what}: copies with a file (the last one stays)", found["copies"].count(["done", True]), 1)
    figures.same(f"{what}: files that belong to nothing", found["orphans"], 0)
    figures.same(f"{what}: faults of database, files, audit chain", found["integrity"], [])


def two_at_once(place: Place, mails: int, figures: Figures, what: str) -> None:
    place.shell(ASK + f'for n in range({mails}):\n    a_mail(f"FAULT-BOTH-{{n}}-")\nprint("{{}}")')
    work(place, "default", "default")
    found = place.look(LOOK)
    both = {title: count for title, count in found["mails"].items() if "BOTH" in title}
    figures.same(f"{what}: two workers, {mails} mails: sent once", sum(n == 1 for n in both.values()), mails)


def poison(place: Place, figures: Figures, what: str) -> None:
    """One that always fails, one whose object is deleted, and a good one behind them, each time anew."""
    place.shell(ASK + 'email_receipt.enqueue("poison")\nprint("{}")')
    for attempt in range(6):
        place.shell(
            ASK + f'a_mail("FAULT-BEHIND-{attempt}-")\na_mail("GONE")\n'
            'Receipt.objects.filter(notice__particulars__title="GONE").delete()\nprint("{}")'
        )
        work(place, "default")
        time_passes(place, minutes=61)
    found = place.look(LOOK)
    bad = [each for each in found["tasks"] if each[1] != "SUCCESSFUL"]
    figures.same(f"{what}: poison: not done", len(bad), 1)
    figures.same(f"{what}: poison: tries, then parked", [len(bad[0][2]) - 1, bad[0][2][-1]], [5, "parked"])
    figures.same(f"{what}: poison: words to the operators", found["parked_words"], 1)
    behind = [count for title, count in found["mails"].items() if "BEHIND" in title]
    figures.same(f"{what}: poison: mails behind it", behind, [1] * 6)
