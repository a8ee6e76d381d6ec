"""Real servers asked over real connections: gunicorn as `./studio run` starts it, one keep-alive connection a caller."""

import contextlib
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from tests.bench.ground import ROOT

HOST = "127.0.0.1"
TOKEN = "b" * 32  # a CSRF cookie of our own: the header repeats it
AS_THE_PROXY = 1  # gzip_comp_level of nginx where nothing is said
FETCHED = re.compile(r"<(?:link|script|img|source)\b[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"\b(rel|href|src)\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
RELS = {"stylesheet", "icon", "manifest", "modulepreload", "preload"}
CSS_URL = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*[\"']?([^\"')]+)")
JS_IMPORT = re.compile(r"(?:^|[;\n])\s*(?:import|export)\b[^;'\"()]*?[\"']([./][^'\"]+)[\"']")
FONTS = (".woff2", ".woff", ".ttf", ".otf")


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes  # as it came, packed or not


class Caller:
    """One signed-in browser on one connection."""

    def __init__(self, port: int, session: str):
        self.port, self.session, self.line = port, session, None

    def ask(self, address: str, form: dict | None = None) -> Answer:
        """A connection that the server had closed meanwhile is opened again; a POST begins on a new one."""
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Accept-Language": "zh-CN", "Accept-Encoding": "gzip", "Accept": "text/html",
        }  # fmt: skip
        body = urllib.parse.urlencode(form) if form else None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        address = urllib.parse.quote(address, safe="/?=&%")
        for last in (False, True):
            try:
                self.line = self.line or http.client.HTTPConnection(HOST, self.port, timeout=60)
                self.line.request("POST" if form else "GET", address, body, headers)
                answer = self.line.getresponse()
                return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
            except (http.client.HTTPException, ConnectionError):
                self.line = None
                if last:
                    raise
        raise AssertionError

    def timed(self, address: str, form: dict | None = None, status: int = 200) -> float:
        """Milliseconds."""
        start = time.perf_counter()
        answer = self.ask(address, form)
        spent = (time.perf_counter() - start) * 1000
        if answer.status != status:
            raise SystemExit(f"{address} answered {answer.status}, not {status}")
        return spent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def environment(url: str, var: str, **more: str) -> dict:
    return os.environ | {"DATABASE_URL": url, "STUDIO_VAR": var, "STUDIO_DEMO": "1"} | more


@contextlib.contextmanager
def serving(url: str, var: str, settings: str = "mentorship.settings") -> Iterator[int]:
    """Yields the port. SQLite where `url` is empty."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "mentorship.wsgi:application"]
    env = environment(url, var, PORT=str(port), DJANGO_SETTINGS_MODULE=settings)
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                break
            time.sleep(0.1)
        else:
            raise SystemExit("the server did not start")
        yield port
    finally:
        server.terminate()
        server.wait(20)


def facts_of(url: str, var: str) -> dict:
    return json.loads(asked(url, var))


def forget(url: str, var: str, keys: list[str]) -> None:
    asked(url, var, "--forget", given=json.dumps(keys))


def asked(url: str, var: str, *arguments: str, given: str = "") -> str:
    command = [sys.executable, "-m", "tests.bench.facts", *arguments]
    env = environment(url, var)
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True, input=given)
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def p50_p95(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def throughput(port: int, session: str, address: str, callers: int, seconds: float) -> float:
    """Answers a second when so many callers ask one after the other, each on a connection of its own."""
    counts, until = [0] * callers, time.perf_counter() + seconds

    def call(place: int) -> None:
        caller = Caller(port, session)
        while time.perf_counter() < until:
            caller.timed(address)
            counts[place] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=call, args=[place]) for place in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def new_key() -> dict[str, str]:
    return {"client_key": str(uuid.uuid4())}


# --- the first view


class FirstView(NamedTuple):
    requests: int
    kilobytes: float
    foreign: list[str]


def first_view(caller: Caller, address: str, seen: dict[str, tuple[int, list[str]]]) -> FirstView:
    """What a browser with an empty cache fetches, as the shipped proxy would send it; fonts left out.

    Pages come from the server unpacked and are packed here as nginx does; static files come packed. `seen` keeps files
    that many pages name: address to (bytes, what it names in turn).
    """
    page = caller.ask(address)
    html = unpacked(page).decode()
    total, requests, done, foreign = weight(page), 1, set(), []
    waiting = named_in_html(html, address)
    while waiting:
        place = waiting.pop()
        if urllib.parse.urlsplit(place).netloc:
            foreign.append(place)
            continue
        if place in done or place.startswith("data:") or place.split("?")[0].endswith(FONTS):
            continue
        done.add(place)
        if place not in seen:
            seen[place] = read_file(caller, place)
        size, more = seen[place]
        total, requests = total + size, requests + 1
        waiting += more
    return FirstView(requests, total / 1024, foreign)


def read_file(caller: Caller, place: str) -> tuple[int, list[str]]:
    answer = caller.ask(place)
    if answer.status != 200:
        raise SystemExit(f"{place} answered {answer.status}")
    kind = answer.headers.get("content-type", "")
    pattern = CSS_URL if "css" in kind else JS_IMPORT if "javascript" in kind else None
    text = unpacked(answer).decode() if pattern else ""
    return weight(answer), [urllib.parse.urljoin(place, found) for found in pattern.findall(text)] if pattern else []


def named_in_html(html: str, address: str) -> list[str]:
    found = []
    for tag in FETCHED.findall(html):
        facts = {name.lower(): value for name, value in ATTRIBUTE.findall(tag)}
        if tag.lower().startswith("<link") and not RELS & set(facts.get("rel", "").split()):
            continue
        if place := facts.get("href") or facts.get("src"):
            found.append(urllib.parse.urljoin(address, place.replace("&amp;", "&")))
    return found


def unpacked(answer: Answer) -> bytes:
    return zlib.decompress(answer.body, 31) if answer.headers.get("content-encoding") == "gzip" else answer.body


def weight(answer: Answer) -> int:
    if answer.headers.get("content-encoding") or not answer.headers.get("content-type", "").startswith("text/"):
        return len(answer.body)
    packer = zlib.compressobj(AS_THE_PROXY, zlib.DEFLATED, 31)
    return len(packer.compress(answer.body) + packer.flush())
