"""The drill: lose a machine and get everything back. Run it before each release: `./studio drill` (docs/operations.md).

A demo studio is filled, a writer writes all the time, two backups are made, the first machine is forgotten, and a second,
empty one is filled from the sealed backup: compared, started, signed in to. Damaged and foreign backups are refused.
Prints what took how long; ends with 1 at the first thing that is not as it must be. `--keep` leaves the folder.

With DATABASE_URL of a PostgreSQL server the same is done there, in two databases of its own that it makes and drops.
"""

import contextlib
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHO, PASSWORD = "mentee", "daliang-2018"

WRITER = """
import pathlib
from django.core.files.base import ContentFile
from mentorship.audit.actions import record
from mentorship.notifications.actions import notify
from mentorship.accounts.models import User
from mentorship.people.models import Secretary
user = User.objects.get(username="officer")
person = Secretary.objects.order_by("pk").first()
stop, count = pathlib.Path(STOP), 0
while not stop.exists():
    count += 1
    notify(kind="message", studio=person.studio, to=[user], particulars={"title": f"drill {count}", "text": "x" * 400})
    person.portrait.save("p.jpg", ContentFile(str(count).encode() * 20000))
    record(by=user, verb="secretary.changed", on=person, studio=person.studio, after={"drill": count})
    print(count, flush=True)
"""

LOOK = """
import json
from django.urls import reverse
from mentorship.audit.models import Entry
from cohorts.models import Mentee
mentee = Mentee.objects.select_related("secretary").get(secretary__user__username="mentee")
last = Entry.objects.filter(verb="secretary.changed", after__has_key="drill").order_by("-sequence").first()
print(json.dumps({
    "file": reverse("archive:file", args=[mentee.pk]),
    "name": mentee.secretary.name,
    "drill": last.after["drill"] if last else 0,
}))
"""


class Failed(Exception):
    pass


def must(good, what: str) -> None:
    if not good:
        raise Failed(what)


class Machine:
    """A data folder and, on PostgreSQL, a database: all that one machine has of its own."""

    def __init__(self, folder: Path, database: str | None):
        self.folder = folder
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
        self.environment |= {"STUDIO_VAR": str(folder), "STUDIO_DEMO": "1", "PYTHONUNBUFFERED": "1"}
        for name in ("STUDIO_PG_BIN", "DATABASE_URL"):
            self.environment.pop(name, None)
            if name in os.environ:
                self.environment[name] = os.environ[name]
        if database:
            self.environment["DATABASE_URL"] = database
        folder.mkdir(0o700)

    def start(self, *arguments, **more) -> subprocess.Popen:
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment | more.pop("env", {}),
            text=True,
            **more,
        )

    def manage(self, *arguments, fails: bool = False) -> str:
        process = self.start("manage.py", *arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = process.communicate()[0]
        must(bool(process.returncode) == fails, f"manage.py {' '.join(map(str, arguments))}: {said}")
        return said

    def look(self) -> dict:
        return json.loads(self.manage("shell", "-v", "0", "-c", LOOK).splitlines()[-1])


class Drill:
    def __init__(self, folder: Path, databases: list[str | None]):
        self.folder, self.rows = folder, []
        self.one, self.two = (Machine(folder / name, url) for name, url in zip(("one", "two"), databases, strict=True))
        self.vault, self.key = folder / "backups", folder / "key"

    @contextlib.contextmanager
    def step(self, what: str):
        print(f"-- {what}", flush=True)
        began, note = time.monotonic(), []
        yield note.append
        self.rows.append((what, "; ".join(note), time.monotonic() - began))

    def run(self) -> None:
        with self.step("a studio with a year of work") as note:
            self.one.manage("migrate", "-v", "0")
            note(self.one.manage("load_demo").strip().splitlines()[-1])
        self.one.manage("backup", "--new-key", self.key)
        before, after = self.back_up_while_writing()
        self.refuse()
        with self.step("restore on an empty machine") as note:
            said = self.two.manage("restore", self.vault, "--decrypt-with", self.key)
            must("WRONG" not in said and "0 differences" in said, said)
            note(next(line.split("database")[1].strip() for line in said.splitlines() if "database" in line))
        with self.step("compare: database, files, audit trail") as note:
            report = json.loads(self.two.manage("check_integrity", "--json").splitlines()[0])
            must(report["sound"], str(report))
            drilled = self.two.look()["drill"]
            must(
                before <= drilled <= after,
                f"{before} written before the backup, {drilled} restored, {after} at its end",
            )
            note(
                f"{drilled} of the writer's acts are there: {before} were written before the backup, {after} at its end"
            )
        self.sign_in()

    def back_up_while_writing(self) -> tuple[int, int]:
        """How many acts were written before the second backup began, and when it had ended."""
        stop, log = self.folder / "stop", self.folder / "writer.log"
        with open(log, "w") as output:
            code = f"STOP = {str(stop)!r}\n{WRITER}"
            writer = self.one.start(
                "manage.py", "shell", "-v", "0", "-c", code, stdout=output, stderr=subprocess.STDOUT
            )
            try:
                while len(numbers(log)) < 3:
                    must(writer.poll() is None, log.read_text())
                    time.sleep(0.2)
                with self.step("backup while a writer writes") as note:
                    note(self.one.manage("backup", self.vault, "--encrypt-with", self.key).strip().splitlines()[-1])
                before = numbers(log)[-1]
                with self.step("a second one: what changed since") as note:
                    note(self.one.manage("backup", self.vault, "--encrypt-with", self.key).strip().splitlines()[-1])
                after = numbers(log)[-1] + 1  # the next act may be half-way
            finally:
                stop.touch()
                writer.wait()
        must(writer.returncode == 0, log.read_text())
        must(after > before, "the writer stood still while the backup was made")
        return before, after

    def refuse(self) -> None:
        with self.step("refused: another key, a damaged file") as note:
            other = self.folder / "other-key"
            self.one.manage("backup", "--new-key", other)
            said = self.two.manage("restore", self.vault, "--decrypt-with", other, fails=True)
            must("does not belong" in said, said)
            victim = max(self.vault.glob("snapshots/*/database*"), key=lambda path: path.parent.name)
            sound = victim.read_bytes()
            victim.write_bytes(sound[:-9] + b"\0" + sound[-8:])
            said = self.two.manage("restore", self.vault, "--decrypt-with", self.key, fails=True)
            must("damaged, nothing was written" in said, said)
            victim.write_bytes(sound)
            must(not any((self.two.folder / "private").iterdir()), "a refused restore left files")
            note("nothing was written")

    def sign_in(self) -> None:
        with self.step("start it, sign in, open a mentoring file") as note:
            wanted, port = self.two.look(), free_port()
            self.two.manage("collectstatic", "--noinput", "-v", "0")
            server = self.two.start("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "mentorship.wsgi:application",
                                    env={"PORT": str(port)})  # fmt: skip
            try:
                page = page_behind_sign_in(f"http://127.0.0.1:{port}", wanted["file"], server)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(30)
            must(wanted["name"] in page, "the mentoring file does not show its name")
            note(f"the file of {wanted['name']}, {len(page) // 1024} kB")

    def table(self) -> str:
        lines = [f"{seconds:7.1f} s  {what:40} {note}" for what, note, seconds in self.rows]
        return "\n".join([*lines, f"{sum(row[2] for row in self.rows):7.1f} s  in all"])


def numbers(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().splitlines() if line.isdigit()]


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def page_behind_sign_in(site: str, address: str, server: subprocess.Popen) -> str:
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    wait_for(f"{site}/healthz", server)
    form = browser.open(f"{site}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    values = {"csrfmiddlewaretoken": token, "username": WHO, "password": PASSWORD, "next": address}
    with browser.open(f"{site}/accounts/login/", urllib.parse.urlencode(values).encode()) as answer:
        must(urllib.parse.urlsplit(answer.url).path == address, f"signing in led to {answer.url}")
        return answer.read().decode()


def wait_for(address: str, server: subprocess.Popen) -> None:
    for _try in range(300):
        must(server.poll() is None, "the server ended at once")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address).close()  # noqa: S310 - our own server
            return
        time.sleep(0.2)
    raise Failed(f"{address} gives no good answer")


# --- PostgreSQL


@contextlib.contextmanager
def two_databases(url: str):
    """Two empty databases beside the one that the address names; dropped at the end."""
    names = [f"studio_drill_{os.getpid()}_{number}" for number in (1, 2)]
    head, _slash, tail = url.rpartition("/")
    query = f"?{tail.partition('?')[2]}" if "?" in tail else ""
    for name in names:
        sql(f'CREATE DATABASE "{name}"')
    try:
        yield [f"{head}/{name}{query}" for name in names]
    finally:
        for name in names:
            sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def sql(statement: str) -> None:
    """By Django's own connection to the database that DATABASE_URL names."""
    code = f"from django.db import connection; connection.cursor().execute({statement!r})"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
            cwd=ROOT, env=os.environ | {"STUDIO_VAR": folder}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    must(done.returncode == 0, done.stderr)


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="studio-drill-"))
    url = os.environ.get("DATABASE_URL", "")
    places = two_databases(url) if url.startswith("postgres") else contextlib.nullcontext([None, None])
    try:
        with places as databases:
            drill = Drill(folder, databases)
            try:
                drill.run()
            finally:
                print(f"\n{drill.table()}\n")
        print("The drill passed.")
        return 0
    except (Failed, OSError) as failed:
        print(f"The drill failed: {failed}", file=sys.stderr)
        return 1
    finally:
        if "--keep" in sys.argv:
            print(f"Everything lies in {folder}.")
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
