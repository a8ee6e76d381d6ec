"""Tries read replicas and two web nodes on this machine, and prints what it saw (docs/operations.md).

    .venv/bin/python deploy/try_replicas.py        # needs PostgreSQL's programs; by hand, not part of the tests

A primary and a streaming replica in a temporary folder, the people of the tests, two nodes with nothing in common but the database and
the secret key. The replica answers, lags, stands still, is killed in the middle of reading, and comes back.
"""

import contextlib
import io
import json
import os
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

from browsing import Browser, Form

ROOT = Path(__file__).resolve().parent.parent
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
SETTINGS = ["MOST_LAG", "LOOK_EVERY", "GONE_FOR", "PINNED"]


def must(good, what: str) -> None:
    if not good:
        raise SystemExit(f"WRONG: {what}")


def told(what: str, found: str) -> None:
    print(f"  {what:44} {found}", flush=True)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


class Cluster:
    """A PostgreSQL of its own, reached by a socket in its folder. It can't belong to root."""

    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []

    def __init__(self, folder: Path):
        self.folder, self.data = folder, folder / "data"
        folder.mkdir()
        if self.owner:
            shutil.chown(folder, "postgres", "postgres")

    @property
    def url(self) -> str:
        return f"postgres://studio@{urllib.parse.quote(str(self.folder), safe='')}/postgres"

    def run(self, program: str, *arguments: str) -> str:
        command = [*self.owner, str(self.programs / program), *arguments]
        done = subprocess.run(  # noqa: S603
            command, cwd=self.folder, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        must(done.returncode == 0, f"{program}: {done.stderr}")
        return done.stdout.strip()

    def make(self) -> None:
        self.run(
            "initdb", "-D", str(self.data), "-U", "studio", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )

    def copy(self, primary: "Cluster") -> None:
        self.run(
            "pg_basebackup",
            "-D",
            str(self.data),
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "-h",
            str(primary.folder),
            "-U",
            "studio",
        )

    def start(self, *more: str) -> None:
        options = " ".join([f"-k {self.folder}", "-c listen_addresses=''", "-c fsync=off", *more])
        with contextlib.suppress(FileNotFoundError):
            (self.data / "postmaster.pid").unlink()
        subprocess.run(  # noqa: S603
            [*self.owner, str(self.programs / "pg_ctl"), "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "start", "-o", options],
            cwd=self.folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        command = [*self.owner, str(self.programs / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"]
        subprocess.run(command, cwd=self.folder, check=False, capture_output=True)  # noqa: S603

    @contextlib.contextmanager
    def frozen(self):
        """It takes calls, as its kernel does, and says nothing."""
        postmaster = (self.data / "postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        processes = [int(number) for number in [postmaster, *children]]
        try:
            for number in processes:
                os.kill(number, signal.SIGSTOP)
            yield
        finally:
            for number in processes:
                os.kill(number, signal.SIGCONT)

    def ask(self, sql: str) -> str:
        return self.run("psql", "-h", str(self.folder), "-U", "studio", "-d", "postgres", "-Atc", sql)

    def questions(self) -> list[str]:
        """What the site asked so far, with `log_statement=all`; its looks at the replica left out."""
        lines = (self.folder / "log").read_text(errors="replace").splitlines()
        asked = [
            line.split("statement:" if "statement:" in line else ":", 1)[-1]
            for line in lines
            if "LOG:  statement:" in line or "LOG:  execute" in line
        ]
        return [line for line in asked if "pg_" not in line and re.search(r"\b(SELECT|INSERT|UPDATE|DELETE)\b", line)]


class Place:
    def __init__(self, folder: Path):
        self.folder, self.ports, self.webs = folder, [free_port(), free_port()], []
        self.primary, self.replica = Cluster(folder / "primary"), Cluster(folder / "replica")
        self.key = secrets.token_urlsafe(50)

    def environment(self, node: int) -> dict:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
        return kept | {
            "STUDIO_VAR": str(self.folder / f"node{node}"), "SECRET_KEY": self.key, "DATABASE_URL": self.primary.url,
            "DATABASE_REPLICA_URLS": self.replica.url, "PORT": str(self.ports[node]), "WEB_CONCURRENCY": "1",
            "PYTHONUNBUFFERED": "1", "STUDIO_DEMO": "1",
        }  # fmt: skip

    def manage(self, *arguments: str, node: int = 0) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=self.environment(node), check=False, capture_output=True, text=True
        )
        must(done.returncode == 0, f"{arguments}: {done.stderr[-2000:]}")
        return done.stdout

    @contextlib.contextmanager
    def running(self):
        try:
            self.primary.make()
            self.primary.start()
            print("two studios are made; a minute or so ...", flush=True)
            for node in (0, 1):
                self.manage("collectstatic", "--noinput", "-v", "0", node=node)
            self.manage("migrate", "-v", "0")
            self.manage("shell", "-v", "0", "-c", SEED.format(password=PASSWORD))
            self.replica.copy(self.primary)
            self.replica.start("-c log_statement=all")
            for node in (0, 1):
                self.serve(node)
            yield
        finally:
            for web in self.webs:
                web.terminate()
                web.wait(30)
            self.replica.stop()
            self.primary.stop()

    def serve(self, node: int) -> None:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "deploy/gunicorn.conf.py",
            "mentorship.wsgi:application",
        ]
        with (self.folder / f"web{node}.log").open("ab") as log:
            self.webs.append(subprocess.Popen(command, cwd=ROOT, env=self.environment(node), stdout=log, stderr=log))  # noqa: S603
        for _try in range(150):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.ports[node]}/readyz"):
                return
            time.sleep(0.2)
        raise SystemExit((self.folder / f"web{node}.log").read_text()[-3000:])

    def prepare(self) -> None:
        self.at = json.loads(self.manage("shell", "-v", "0", "-c", ADDRESSES))
        ask = f"from mentorship.common import replicas as r; print(*[getattr(r, name) for name in {SETTINGS}])"
        self.most_lag, self.look_every, self.gone_for, self.pinned = map(
            int, self.manage("shell", "-v", "0", "-c", ask).split()
        )
        self.writer, self.reader = Browser(*self.ports), Browser(*self.ports)
        self.writer.sign_in("lead", PASSWORD)
        self.reader.sign_in("officer", PASSWORD)

    def write(self) -> str:
        """A new name in the register, which the export must show. In letters that a workbook writes as they are."""
        name = f"Shi {secrets.token_hex(4)}"
        fields = Form(self.writer.ask(self.at["edit"])[1].decode()).fields | {"name": [name]}
        status, page = self.writer.ask(self.at["edit"], fields)
        must(status == 200 and name in page.decode(), f"writing gave {status}")
        return name

    def shows(self, browser: Browser, name: str) -> bool:
        status, content = browser.ask(self.at["export"])
        must(status == 200 and content[:2] == b"PK", f"the export gave {status}")
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return any(name.encode() in book.read(part) for part in book.namelist())

    def asked(self, act) -> int:
        """How many questions the replica was asked meanwhile."""
        before = len(self.replica.questions())
        act()
        return len(self.replica.questions()) - before


def read_all(place: Place, rounds: int = 1) -> list[float]:
    took = []
    for path in place.at["pages"] * rounds:
        began = time.monotonic()
        status, page = place.reader.ask(path)
        must(status == 200, f"{path} gives {status}: {page[-300:]!r}")
        took.append((time.monotonic() - began) * 1000)
    return took


def calm(place: Place) -> None:
    """The replica answers, and nothing but reads reaches it."""
    time.sleep(place.pinned)
    read_all(place)
    time.sleep(place.look_every)
    took = []
    n = place.asked(lambda: took.extend(read_all(place, 5)))
    told(f"{len(took)} pages, replica fresh", f"p50 {statistics.median(took):.0f} ms; the replica was asked {n} times")
    must(n > len(took), "the replica is not used")
    wrong = [
        line
        for line in place.replica.questions()
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", line) or "django_session" in line or "audit_" in line
    ]
    must(not wrong, f"the replica was asked {wrong[:3]}")


def late(place: Place, delay: int) -> None:
    """A replica that lags by some seconds: own writes are seen at once, others' within the promise."""
    place.replica.ask(f"ALTER SYSTEM SET recovery_min_apply_delay = '{delay}s'")
    place.replica.ask("SELECT pg_reload_conf()")
    place.write()
    time.sleep(place.most_lag + place.look_every)  # until then one that has just fallen back may still be read
    promise, worst, used = place.most_lag + place.look_every, 0.0, 0
    for _round in range(8):
        name, began = place.write(), time.monotonic()
        must(place.shows(place.writer, name), "an own write is not seen at once")
        before = len(place.replica.questions())
        while not place.shows(place.reader, name):
            must(time.monotonic() - began < promise + 2, "another's write is not seen in time")
            time.sleep(0.2)
        worst = max(worst, time.monotonic() - began)
        used += len(place.replica.questions()) > before
        must(place.shows(place.writer, name), "an own write is gone again")
    told(
        f"lag of {delay} s, 8 writes",
        f"own seen at once 8 of 8; another's after {worst:.1f} s at most; replica read in {used}",
    )
    must(used if delay < place.most_lag else not used, f"replica read in {used} rounds")
    place.replica.ask("ALTER SYSTEM RESET recovery_min_apply_delay")
    place.replica.ask("SELECT pg_reload_conf()")


def standing_still(place: Place) -> None:
    place.replica.ask("SELECT pg_wal_replay_pause()")
    name, began = place.write(), time.monotonic()
    must(place.shows(place.writer, name), "an own write is not seen at once")
    while not place.shows(place.reader, name):
        time.sleep(0.2)
    seen = time.monotonic() - began
    while time.monotonic() - began < place.pinned + 1:
        must(place.shows(place.writer, name), "an own write is gone again")
        time.sleep(0.3)
    n = place.asked(lambda: read_all(place, 2))
    told("replay stopped", f"own seen at once, another's after {seen:.1f} s; then the replica is asked {n} times")
    must(n == 0 and seen <= place.most_lag + place.look_every + 1, "a replica that stands still is read")
    place.replica.ask("SELECT pg_wal_replay_resume()")
    back(place, "replay goes on")


def back(place: Place, what: str) -> None:
    began = time.monotonic()
    while not place.asked(lambda: read_all(place)):
        must(time.monotonic() - began < place.gone_for + 15, f"{what}, but the replica is not read again")
        time.sleep(0.3)
    told(what, f"read again after {time.monotonic() - began:.1f} s")


def killed(place: Place) -> None:
    with under_readers(place, "killed"):
        place.replica.stop()
    place.replica.start("-c log_statement=all")
    back(place, "replica started again")


def frozen(place: Place) -> None:
    with contextlib.ExitStack() as stack:
        with under_readers(place, "frozen"):
            stack.enter_context(place.replica.frozen())
    back(place, "replica goes on")


@contextlib.contextmanager
def under_readers(place: Place, what: str):
    """Four read while it happens, and none of them may see it."""
    took, stop = [], threading.Event()
    trouble: list[str] = []

    def read() -> None:
        while not stop.is_set():
            try:
                took.extend(read_all(place))
            except SystemExit as error:
                trouble.append(str(error))

    threads = [threading.Thread(target=read) for _reader in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(5)
    before = len(place.replica.questions())
    yield
    name = place.write()
    must(place.shows(place.writer, name), "an own write is not seen at once")
    time.sleep(10)
    stop.set()
    for thread in threads:
        thread.join()
    must(before and not trouble, f"{trouble[:3]}")
    told(f"replica {what} under 4 readers", f"{len(took)} pages, none bad, slowest {max(took):.0f} ms")


def doctor(place: Place) -> None:
    def said() -> str:
        text = place.manage("doctor")
        return " ".join(next(line for line in text.splitlines() if "read replicas" in line).split())

    told("the doctor", said())


def main() -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="studio-replicas-") as name:
        os.chmod(name, 0o755)  # the account of PostgreSQL passes here  # noqa: S103
        place = Place(Path(name))
        with place.running():
            place.prepare()
            told("two nodes, one sign-in", "every second request at the other")
            calm(place)
            doctor(place)
            late(place, 2)
            late(place, 20)
            place.replica.stop()
            place.replica.start("-c log_statement=all")
            back(place, "delay taken away")
            standing_still(place)
            killed(place)
            frozen(place)
    print(f"all as promised, in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
