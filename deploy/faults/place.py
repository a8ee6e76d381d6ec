"""A studio in a folder of its own: the real server on a free port, people who sign in and write, and what to look at after.

Everything as on a server (STUDIO_ENV=production, the shipped gunicorn.conf.py), but for the proxy.
"""

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HOST, PASSWORD = "studio.example", "daliang-2018"
TRACES = ("Traceback", "Error at /", "django.db", "sqlite3.", "psycopg", "SELECT ", "/site-packages/")
PAIR = """
import json
from cohorts.models import Pairing
pair = Pairing.objects.filter(ends=None, mentor__secretary__user__username="mentor").select_related("studio").first()
print(json.dumps([str(pair.mentee_id), pair.studio.today().isoformat()]))
"""
LOOK = """
import json
from django.core.management import call_command
from evaluations.logs.models import Attendance, TeachingLog
from mentorship.audit.models import Entry
from mentorship.upkeep.integrity import report
logs = TeachingLog.objects.filter(text__startswith="FAULT")
told = set(Entry.objects.filter(verb="log.written").values_list("object_id", flat=True))
found = report()
print(json.dumps({
    "keys": [str(key) for key in logs.values_list("client_key", flat=True)],
    "without_entry": sum(str(log.pk) not in told for log in logs),
    "without_people": logs.filter(attendance=None).count(),
    "entries_without_row": Entry.objects.filter(verb="log.written").count() - TeachingLog.objects.filter(
        pk__in=[uuid for uuid in told]).count(),
    "integrity": found.database + found.missing + found.audit,
    "orphans": len(found.orphans),
}))
"""


class Missed(Exception):
    """A figure is not what it must be."""


class CannotRun(Exception):
    """What the fault needs is not on this machine."""


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str
    seconds: float

    @property
    def traces(self) -> bool:
        return any(word in self.text for word in TRACES)


class Person:
    """Somebody at a browser."""

    def __init__(self, port: int, name: str = "mentor"):
        self.port, self.name, self.cookies = port, name, {}

    def ask(self, path: str, fields: dict | None = None, timeout: float = 30) -> Answer:
        """A GET, or with fields a POST. Raises OSError when nobody answers."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept": "text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True)
            headers |= {"Referer": f"https://{HOST}/", "Content-Type": "application/x-www-form-urlencoded"}
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET" if fields is None else "POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, answer.headers, text, time.monotonic() - began)

    @property
    def token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def sign_in(self) -> "Person":
        self.ask("/accounts/login/")
        answer = self.ask("/accounts/login/", {"username": self.name, "password": PASSWORD})
        must(answer.status == 302, f"signing in as {self.name} gave {answer.status}")
        return self

    def write_log(self, pair: tuple[str, str], key: str = "", timeout: float = 30) -> Answer:
        """What the telephone sends: one apprentice, today, an hour, a few words."""
        mentee, day = pair
        facts = {
            "mentees": mentee, "day": day, "length": "60", "mode": "on_site", "privacy": "pair", "kind": "coaching",
            "text": f"FAULT {key}", "client_key": key or str(uuid.uuid4()),
        }  # fmt: skip
        return self.ask("/logs/write/", facts, timeout)


class Place:
    """A folder, its settings, and the server when it runs."""

    def __init__(self, folder: Path, url: str = "", more: dict | None = None):
        self.var, self.port = folder / "var", free_port()
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("STUDIO_", "TASKS_", "EMAIL_"))}
        key_file = folder / "secret"
        if not key_file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            key_file.write_text(secrets.token_urlsafe(50))
        self.env = kept | {
            "STUDIO_ENV": "production", "STUDIO_VAR": str(self.var), "SECRET_KEY": key_file.read_text(),
            "ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1", "SITE_URL": f"https://{HOST}", "SECOND_FACTOR": "offered",
            "DATABASE_URL": url, "PORT": str(self.port), "PYTHONUNBUFFERED": "1",
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        } | (more or {})  # fmt: skip
        self.log, self.server = folder / f"web-{self.port}.log", None

    def manage(self, *arguments: str, **more) -> str:
        env = self.env | {"STUDIO_ENV": "embedded"} | more
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        must(done.returncode == 0, f"{arguments[0]}: {done.stdout[-800:]}{done.stderr[-1500:]}")
        return done.stdout

    def shell(self, code: str, **more):
        """The last line that the code prints, as JSON."""
        return json.loads(self.manage("shell", "-v", "0", "-c", code, **more).strip().splitlines()[-1])

    def fill(self) -> "Place":
        print("  a demo studio is made; a minute or two ...", flush=True)
        self.manage("migrate", "-v", "0")
        self.manage("load_demo")
        self.manage("collectstatic", "--noinput", "-v", "0")
        return self

    def copied(self, folder: Path, more: dict | None = None) -> "Place":
        """The same studio (SQLite) once more, in another folder."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.var.parent / "secret", folder / "secret")
        shutil.copytree(self.var, folder / "var", ignore=shutil.ignore_patterns("mail"))
        return Place(folder, more=more)

    def start(self, config: str = "deploy/gunicorn.conf.py", **more) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", config, "mentorship.wsgi:application"]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, env=self.env | more, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()

    def wait(self, seconds: float = 60) -> float:
        """Until it is ready; how long that took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            must(self.server is None or self.server.poll() is None, f"the server ended:\n{self.told()}")
            with contextlib.suppress(OSError):
                if Person(self.port).ask("/readyz", timeout=5).status == 200:
                    return time.monotonic() - began
            time.sleep(0.1)
        raise Missed(f"not ready within {seconds:.0f} s:\n{self.told()}")

    def told(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]

    def kill(self) -> None:
        """The server and all its workers, without a word."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.server.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)

    def pair(self) -> tuple[str, str]:
        return tuple(self.shell(PAIR))

    def look(self, code: str = LOOK) -> dict:
        return self.shell(code)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def must(good, what: str) -> None:
    if not good:
        raise Missed(what)


class Figures:
    """What was seen, each beside what it must be."""

    def __init__(self):
        self.missed: list[str] = []

    def told(self, what: str, seen, limit: str = "", good: bool = True) -> None:
        line = f"  {'ok    ' if good else 'MISSED'} {what:58} {seen!s:>14}   {limit}"
        print(line.rstrip(), flush=True)
        if not good:
            self.missed.append(what)

    def at_most(self, what: str, seen: float, limit: float, unit: str = "") -> None:
        self.told(what, f"{seen:g}{unit}", f"at most {limit:g}{unit}", seen <= limit)

    def same(self, what: str, seen, wanted) -> None:
        self.told(what, seen, f"must be {wanted}", seen == wanted)

    def at_least(self, what: str, seen: float, limit: float) -> None:
        self.told(what, f"{seen:g}", f"at least {limit:g}", seen >= limit)


@contextlib.contextmanager
def temporary(name: str):
    folder = Path(tempfile.mkdtemp(prefix=f"studio-fault-{name}-"))
    folder.chmod(0o711)  # PostgreSQL, which is never root, passes through to a disk of its own
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
