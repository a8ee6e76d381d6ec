"""Read replicas and two web nodes, with nothing in common but the database and the secret key (docs/adr/0028).

The replica answers, lags, stands still, is killed and put to sleep in the middle of reading, and comes back: who wrote
something sees it at once, others within the promise, and nobody sees a fault.
"""

import contextlib
import io
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from pathlib import Path

from browsing import Browser, Form
from cluster import Cluster
from place import ROOT, Figures, Missed, free_port, must

PASSWORD = secrets.token_urlsafe(12)
SEED = """
from tests.conftest import make_whole_cast
from tests.factories.world import furnish
cast = make_whole_cast()
furnish(cast)
for user, name in [(cast.lead, "lead"), (cast.officer, "officer")]:
    user.username = name
    user.set_password({password!r})
    user.save()
"""
ADDRESSES = """
import json
from django.urls import reverse
from cohorts.models import Cohort
from mentorship.accounts.models import User
from mentorship.people.models import Secretary
studio = User.objects.get(username="lead").grants[0].studio_id
cohort = Cohort.objects.filter(studio=studio).order_by("starts").first()
row = Secretary.objects.filter(studio=studio, left_on=None).order_by("pk").first()
print(json.dumps({
    "pages": [
        reverse("dashboards:overview"), reverse("growth:cohort", args=[cohort.pk]), reverse("clinic:library"),
        reverse("clinic:figures"), reverse("training:ledger"), reverse("meetings:products"),
        reverse("growth:report", args=[cohort.pk]),
    ],
    "edit": reverse("people:edit", args=[row.pk]), "export": reverse("people:export"),
}))
"""
NUMBERS = "from mentorship.common import replicas as r; print(r.MOST_LAG, r.LOOK_EVERY, r.GONE_FOR, r.PINNED)"
LOGGED = "-c log_statement=all"


class Nodes:
    def __init__(self, folder: Path, primary: Cluster, figures: Figures):
        self.folder, self.primary, self.figures = folder, primary, figures
        self.ports, self.webs, self.key = [free_port(), free_port()], [], secrets.token_urlsafe(50)

    def manage(self, *arguments: str, node: int = 0) -> str:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment(node), check=False, capture_output=True, text=True,
        )  # fmt: skip
        must(done.returncode == 0, f"{arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def environment(self, node: int) -> dict:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
        return kept | {
            "STUDIO_VAR": str(self.folder / f"node{node}"), "SECRET_KEY": self.key, "DATABASE_URL": self.primary.url,
            "PORT": str(self.ports[node]), "WEB_CONCURRENCY": "1", "PYTHONUNBUFFERED": "1", "STUDIO_DEMO": "1",
        } | ({"DATABASE_REPLICA_URLS": self.replica.url} if hasattr(self, "replica") else {})  # fmt: skip

    @contextlib.contextmanager
    def running(self):
        print("  two studios are made; half a minute or so ...", flush=True)
        for node in (0, 1):
            self.manage("collectstatic", "--noinput", "-v", "0", node=node)
        self.manage("migrate", "-v", "0")
        self.manage("shell", "-v", "0", "-c", SEED.format(password=PASSWORD))
        self.at = json.loads(self.manage("shell", "-v", "0", "-c", ADDRESSES))
        numbers = self.manage("shell", "-v", "0", "-c", NUMBERS).split()
        self.most_lag, self.look_every, self.gone_for, self.pinned = map(int, numbers)
        with self.primary.replica(LOGGED) as self.replica:
            try:
                for node in (0, 1):
                    self.serve(node)
                self.writer, self.reader = Browser(*self.ports), Browser(*self.ports)
                self.writer.sign_in("lead", PASSWORD)
                self.reader.sign_in("officer", PASSWORD)
                yield
            finally:
                for web in self.webs:
                    web.terminate()
                    web.wait(30)

    def serve(self, node: int) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "mentorship.wsgi:application"]
        with (self.folder / f"web{node}.log").open("ab") as log:
            self.webs.append(subprocess.Popen(command, cwd=ROOT, env=self.environment(node), stdout=log, stderr=log))  # noqa: S603
        for _try in range(150):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.ports[node]}/readyz"):
                return
            time.sleep(0.2)
        raise Missed((self.folder / f"web{node}.log").read_text()[-3000:])

    def told(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-4000:] for path in self.folder.glob("web*.log"))

    def write(self) -> str:
        """A new name in the register, which the writer then sees in the export. In letters that a workbook leaves alone."""
        name = f"Shi {secrets.token_hex(4)}"
        fields = Form(self.writer.ask(self.at["edit"])[1].decode()).fields | {"name": [name]}
        status, page = self.writer.ask(self.at["edit"], fields)
        must(status == 200 and name in page.decode(), f"writing gave {status}")
        must(self.shows(self.writer, name), "an own write is not seen at once")
        return name

    def shows(self, browser: Browser, name: str) -> bool:
        status, content = browser.ask(self.at["export"])
        must(status == 200 and content[:2] == b"PK", f"the export gave {status}")
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return any(name.encode() in book.read(part) for part in book.namelist())

    def seen_by_another(self, name: str) -> float:
        """After how many seconds."""
        began = time.monotonic()
        while not self.shows(self.reader, name):
            must(time.monotonic() - began < 60, "another's write is never seen")
            time.sleep(0.2)
        return time.monotonic() - began

    def read_all(self, rounds: int = 1) -> list[float]:
        """Every page; the milliseconds of each."""
        took = []
        for path in self.at["pages"] * rounds:
            began = time.monotonic()
            status, page = self.reader.ask(path)
            must(status == 200, f"{path} gives {status}: {page[-300:]!r}")
            took.append((time.monotonic() - began) * 1000)
        return took

    def questions(self) -> list[str]:
        """What pages asked the replica so far; looks at its age and at the connection left out."""
        lines = (self.replica.folder / "log").read_text(errors="replace").splitlines()
        asked = [line.partition("LOG:  ")[2] for line in lines if "LOG:  statement:" in line or "LOG:  execute" in line]
        return [line for line in asked if re.search(r"\b(FROM|INSERT|UPDATE|DELETE)\b", line)]

    def asked(self, act) -> int:
        """How many questions the replica was asked meanwhile."""
        before = len(self.questions())
        act()
        return len(self.questions()) - before

    def back(self, what: str) -> None:
        began = time.monotonic()
        while not self.asked(self.read_all):
            must(time.monotonic() - began < self.gone_for + 60, f"{what}, but the replica is not read again")
            time.sleep(0.3)
        seconds = round(time.monotonic() - began, 1)
        self.figures.at_most(f"{what}: read again after", seconds, self.gone_for + 10, " s")


def calm(nodes: Nodes) -> None:
    """The replica answers, and nothing but reads reaches it."""
    time.sleep(nodes.pinned)
    nodes.read_all()
    time.sleep(nodes.look_every)
    took = []
    asked = nodes.asked(lambda: took.extend(nodes.read_all(5)))
    nodes.figures.told("fresh: pages, p50", f"{len(took)}, {statistics.median(took):.0f} ms")
    nodes.figures.at_least("fresh: questions to the replica", asked, len(took))
    wrong = [each for each in nodes.questions() if re.search(r"\b(INSERT|UPDATE|DELETE)\b|django_session|audit_", each)]
    nodes.figures.same("fresh: writes, sessions, audit trail asked there", len(wrong), 0)
    doctor = next(line for line in nodes.manage("doctor").splitlines() if "read replicas" in line)
    nodes.figures.same("fresh: the doctor", doctor.split()[0], "green")


def late(nodes: Nodes, delay: int) -> None:
    """A replica that lags by some seconds: own writes are seen at once, others' within the promise."""
    promise, waited, used, rounds = nodes.most_lag + nodes.look_every, [], 0, 8
    nodes.replica.ask(f"ALTER SYSTEM SET recovery_min_apply_delay = '{delay}s'")
    nodes.replica.ask("SELECT pg_reload_conf()")
    nodes.write()
    time.sleep(promise)  # until then one that has just fallen back may still be read
    for _round in range(rounds):
        nodes.read_all()  # replicas are looked at when somebody reads
        time.sleep(0.5)
        name = nodes.write()
        before = len(nodes.questions())
        waited.append(nodes.seen_by_another(name))
        used += len(nodes.questions()) > before
        must(nodes.shows(nodes.writer, name), "an own write is gone again")
    what = f"lag of {delay} s, {rounds} writes"
    nodes.figures.told(f"{what}: own not seen at once", 0, "must be 0")
    nodes.figures.at_most(f"{what}: seen by another after", round(max(waited), 1), promise, " s")
    if delay < nodes.most_lag:
        nodes.figures.at_least(f"{what}: rounds that read the replica", used, 1)
    else:
        nodes.figures.same(f"{what}: rounds that read the replica", used, 0)
    nodes.replica.ask("ALTER SYSTEM RESET recovery_min_apply_delay")
    nodes.replica.ask("SELECT pg_reload_conf()")


def standing_still(nodes: Nodes) -> None:
    promise = nodes.most_lag + nodes.look_every
    nodes.replica.ask("SELECT pg_wal_replay_pause()")
    name, began = nodes.write(), time.monotonic()
    nodes.figures.at_most("replay stopped: seen by another after", round(nodes.seen_by_another(name), 1), promise, " s")
    while time.monotonic() - began < nodes.pinned + 1:
        must(nodes.shows(nodes.writer, name), "an own write is gone again")
        time.sleep(0.3)
    nodes.figures.same("replay stopped: then asked", nodes.asked(lambda: nodes.read_all(2)), 0)
    nodes.replica.ask("SELECT pg_wal_replay_resume()")
    nodes.back("replay goes on")


@contextlib.contextmanager
def under_readers(nodes: Nodes, what: str, limit: float):
    """Four read while it happens, and none of them may see it."""
    took, trouble, stop = [], [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                took.extend(nodes.read_all())
            except (Missed, OSError) as error:
                trouble.append(str(error))

    threads = [threading.Thread(target=read) for _reader in range(4)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(5)
        yield
        nodes.write()
        time.sleep(10)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if trouble:
        print(nodes.told())
    nodes.figures.same(f"{what} under 4 readers: bad of {len(took)} pages", trouble, [])
    nodes.figures.at_most(f"{what} under 4 readers: slowest page", round(max(took) / 1000, 1), limit, " s")


def gone(nodes: Nodes) -> None:
    with under_readers(nodes, "killed", 5):
        nodes.replica.stop()
    nodes.replica.start(LOGGED)
    nodes.back("started again")
    with under_readers(nodes, "asleep", 15):  # in the middle of an answer, 12 seconds and the page once more
        nodes.replica.sleep()
    nodes.replica.wake()
    nodes.back("woken")


def run(folder: Path, primary: Cluster, figures: Figures) -> None:
    nodes = Nodes(folder, primary, figures)
    with nodes.running():
        calm(nodes)
        late(nodes, 2)
        late(nodes, 20)
        nodes.replica.stop()  # which ends the delay at once
        nodes.replica.start(LOGGED)
        nodes.back("delay taken away")
        standing_still(nodes)
        gone(nodes)
