"""Tries the shipped proxy in front of the site, and prints what it saw (docs/operations.md, "On a server").

    .venv/bin/python deploy/try_proxy.py        # needs nginx; by hand, not part of the tests

Slow phones, private files, sizes, what callers make up about themselves, new code under load. Everything happens in a
temporary folder with a demo studio; the configuration is deploy/nginx/studio.conf with other ports and paths.
"""

import contextlib
import datetime
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

import roll
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parent.parent
NAME = "studio.example"
WHO, PASSWORD = "mentor", "daliang-2018"
SLOW = 40
MAKE_PHOTO = """
import io, json, uuid
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from evaluations.logs.models import LogPhoto, TeachingLog
log, file = TeachingLog.objects.filter(mentor__secretary__user__username="mentor").first(), io.BytesIO()
Image.effect_noise((800, 600), 90).convert("RGB").save(file, "JPEG")
image = ContentFile(file.getvalue(), name="a.jpg")
photo = LogPhoto.objects.create(studio=log.studio, log=log, order=1, image=image, client_key=uuid.uuid4())
print(json.dumps([reverse("logs:photo", args=[photo.pk]), photo.image.name, photo.image.size]))
"""
TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE  # our own, made a moment ago


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


class Place:
    """A site and a proxy in one folder, each with a port of its own."""

    def __init__(self, folder: Path):
        self.folder, self.plain, self.tls = folder, free_port(), free_port()
        self.webs, self.sites = [free_port(), free_port()], {}
        kept = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
        self.demo = kept | {
            "STUDIO_VAR": str(folder / "var"), "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": NAME, "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        self.production = self.demo | {
            "STUDIO_ENV": "production", "BEHIND_PROXY": "1", "PRIVATE_BY_PROXY": "/_private/",
            "SITE_URL": f"https://{NAME}", "SECOND_FACTOR": "offered", "METRICS_TOKEN": "t" * 20,
        }  # fmt: skip
        self.log = folder / "web.log"

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.demo, check=True, capture_output=True, text=True).stdout  # noqa: S603

    @contextlib.contextmanager
    def running(self):
        self.prepare()
        nginx = [
            shutil.which("nginx") or "/usr/sbin/nginx",
            "-p",
            str(self.folder),
            "-c",
            str(self.folder / "nginx.conf"),
        ]
        subprocess.run([*nginx, "-t"], check=True)  # noqa: S603
        for port in self.webs:
            self.start(port)
        self.proxy = subprocess.Popen(nginx)  # noqa: S603
        try:
            self.wait()
            yield
        finally:
            for process in (self.proxy, *self.sites.values()):
                process.terminate()
                process.wait(30)

    def start(self, port: int):
        gunicorn = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
        command = [sys.executable, "-m", *gunicorn, "mentorship.wsgi:application"]
        with self.log.open("ab") as log:
            self.sites[port] = subprocess.Popen(command, cwd=ROOT, env=self.production, stdout=log, stderr=log)  # noqa: S603

    def start_again(self, port: str):
        """As `systemctl restart` does."""
        self.sites[int(port)].terminate()
        self.sites[int(port)].wait(30)
        self.start(int(port))

    def trouble_at(self, port: str) -> str:
        with contextlib.suppress(OSError):
            return "" if self.ask("/readyz", direct=int(port))[0] == 200 else "not ready"
        return "no answer"

    def prepare(self):
        for name in ["pages", "tls", "logs"]:
            (self.folder / name).mkdir()
        make_certificate(self.folder / "tls")
        for page in ["away.html", "too_large.html"]:
            shutil.copy(ROOT / "deploy/nginx" / page, self.folder / "pages")
        upstream = (ROOT / "deploy/nginx/upstream.machine.conf").read_text()
        for shipped, port in zip(["8000", "8001"], self.webs, strict=True):
            upstream = upstream.replace(f":{shipped} ", f":{port} ")
        (self.folder / "studio-upstream.conf").write_text(upstream)
        text = (ROOT / "deploy/nginx/studio.conf").read_text()
        for old, new in {
            "listen [::]:80 default_server;": "", "listen [::]:443 ssl http2 default_server;": "",
            "listen 80 ": f"listen 127.0.0.1:{self.plain} ", "listen 443 ": f"listen 127.0.0.1:{self.tls} ",
            "/etc/studio/": f"{self.folder}/", "/var/lib/studio/": f"{self.folder}/var/",
            "/var/log/nginx/": f"{self.folder}/logs/",
        }.items():  # fmt: skip
            assert old in text, old  # noqa: S101
            text = text.replace(old, new)
        (self.folder / "studio.conf").write_text(text)
        user = "user root;" if os.getuid() == 0 else ""
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        (self.folder / "nginx.conf").write_text(
            f"{user} daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/logs/error.log;"
            f"events {{}} http {{ {temporary} include {self.folder}/studio.conf; }}"
        )
        print("a demo studio is made; a minute or two ...", flush=True)
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_demo")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")

    def wait(self, *ports: int):
        for _try in range(150):
            with contextlib.suppress(OSError):
                if all(self.ask("/readyz", direct=port)[0] == 200 for port in ports or self.webs):
                    return
            time.sleep(0.2)
        raise SystemExit(f"no good answer:\n{self.log.read_text()[-3000:]}")

    def ask(self, path: str, method="GET", body=None, headers=None, direct=0, timeout=10.0):
        """Status, headers and body; through the proxy, or straight from the site at a port."""
        connection = (
            http.client.HTTPConnection("127.0.0.1", direct, timeout=timeout)
            if direct
            else http.client.HTTPSConnection("127.0.0.1", self.tls, timeout=timeout, context=TLS)
        )
        more = {"X-Forwarded-Proto": "https"} if direct else {}
        try:
            connection.request(method, path, body, {"Host": NAME} | more | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def sign_in(self) -> str:
        """The cookies of a mentor, as a header."""
        _status, headers, page = self.ask("/accounts/login/")
        cookies = cookies_of(headers)
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
        form = {"csrfmiddlewaretoken": token, "username": WHO, "password": PASSWORD}
        sent = {"Cookie": cookies, "Referer": f"https://{NAME}/", "Content-Type": "application/x-www-form-urlencoded"}
        status, headers, _page = self.ask("/accounts/login/", "POST", urllib.parse.urlencode(form), sent)
        must(status == 302, f"signing in gave {status}")
        return f"{cookies}; {cookies_of(headers)}"

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line]


def make_certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def cookies_of(headers) -> str:
    return "; ".join(value.split(";")[0] for value in headers.get_all("Set-Cookie", []))


def must(good, what: str) -> None:
    if not good:
        raise SystemExit(f"WRONG: {what}")


def told(what: str, found: str) -> None:
    print(f"  {what:34} {found}", flush=True)


def half_posts(place: Place, number: int, direct: int = 0) -> list[socket.socket]:
    """Callers who promise a form and send a tenth of it."""
    head = f"POST /accounts/login/ HTTP/1.1\r\nHost: {NAME}\r\nX-Forwarded-Proto: https\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
    found = []
    for _caller in range(number):
        sock = socket.create_connection(("127.0.0.1", direct or place.tls), timeout=60)
        if not direct:
            sock = TLS.wrap_socket(sock)
        sock.sendall(head.encode() + b"a" * 10_000)
        found.append(sock)
    return found


def slow_callers(place: Place) -> None:
    for direct in (place.webs[0], 0):
        sockets = half_posts(place, SLOW, direct)
        time.sleep(1)
        took, failed = [], 0
        for _get in range(3 if direct else 60):
            began = time.monotonic()
            try:
                must(place.ask("/accounts/login/", direct=direct, timeout=5)[0] == 200, "a page is refused")
                took.append((time.monotonic() - began) * 1000)
            except OSError:
                failed += 1
        for sock in sockets:
            sock.close()
        good = (
            f"{len(took)} good, p50 {statistics.median(took):.0f} ms, p95 {sorted(took)[int(len(took) * 0.95)]:.0f} ms"
            if took
            else "0 good"
        )
        told(f"{SLOW} half posts, {'no proxy' if direct else 'proxy'}", f"{good}, {failed} failed within 5 s")
        must(direct or not failed, "normal callers were held up")
        time.sleep(2 if direct else 0)
    place.wait()


def patience(place: Place) -> None:
    (body,) = half_posts(place, 1)
    head = TLS.wrap_socket(socket.create_connection(("127.0.0.1", place.tls), timeout=60))
    head.sendall(b"GET / HTTP/1.1\r\nHost:")
    for what, sock, limit in [("half a head", head, 12), ("half a body", body, 33)]:
        began = time.monotonic()
        with contextlib.suppress(OSError):
            while sock.recv(4096):
                pass
        took = time.monotonic() - began
        told(f"{what} is let go", f"after {took:.0f} s more")
        must(took < limit, "the proxy waits too long")
    sockets = half_posts(place, 100)
    status = place.ask("/accounts/login/")[0]
    told("the 101st at once from one address", str(status))
    must(status == 429, "no cap")
    for sock in sockets:
        sock.close()
    time.sleep(1)


def private_files(place: Place) -> None:
    address, name, size = json.loads(place.manage("shell", "-v", "0", "-c", MAKE_PHOTO))
    cookies = place.sign_in()
    status, headers, body = place.ask(address, headers={"Cookie": cookies})
    stored = (place.folder / "var/private" / name).read_bytes()
    must((status, body, len(body)) == (200, stored, size), f"the owner gets {status}, {len(body)} of {size} bytes")
    direct = place.ask(address, headers={"Cookie": cookies}, direct=place.webs[0])
    must(direct[2] == b"" and direct[1]["X-Accel-Redirect"] == f"/_private/{name}", "the site sends the bytes itself")
    wanted = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Content-Type": "image/jpeg"}
    must(all(headers[key] == value for key, value in wanted.items()), f"headers {headers}")
    must(headers["Strict-Transport-Security"] and "X-Accel-Redirect" not in headers, f"headers {headers}")
    must(headers["Content-Disposition"].startswith("inline;"), f"headers {headers}")
    told("a photo, by its view", f"{status}, {len(body)} bytes sent by the proxy")
    quoted = name.replace("/", "%2f")
    for cookie in (cookies, ""):
        for path in [
            f"/_private/{name}", f"/_private/{quoted}", f"/%5fprivate/{name}", f"/static/..%2f_private/{name}",
            f"/static/../_private/{name}", f"/media/{name}", f"/private/{name}", "/_private/..%2f..%2fstudio.sqlite3",
            "/_private/", f"//_private/{name}", f"/accounts/..;/_private/{name}",
        ]:  # fmt: skip
            status, _headers, body = place.ask(path, headers={"Cookie": cookie} if cookie else {})
            must(status in {400, 404} and stored[:64] not in body, f"{path} gives {status}")
        told(f"11 ways round, {'signed in' if cookie else 'a stranger'}", "0 bytes")
    status = place.ask(address)[0]
    must(status == 302, f"a stranger at the view gets {status}")


def sizes_and_lies(place: Place) -> None:
    before = len(place.lines())
    status, headers, page = place.ask("/accounts/login/", "POST", headers={"Content-Length": str(61 << 20)})
    must(status == 413 and "太大" in page.decode() and headers["Strict-Transport-Security"], f"61 MB give {status}")
    must(len(place.lines()) == before, "61 MB reached the site")
    told("61 MB", "413 in words, the site not asked")
    lies = {
        "X-Forwarded-For": "6.6.6.6",
        "X-Request-ID": "f" * 32,
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
    }
    status, headers, _page = place.ask("/accounts/login/", headers=lies)
    line = next(line for line in place.lines() if line.get("request_id") == headers["X-Request-ID"])
    must(status == 200 and line["from"] == "127.0.0.1" and line["request_id"] != "f" * 32, f"lies count: {line}")
    must(headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains; preload"], "HSTS")
    told("made-up address, id, scheme, host", "none counts; HSTS once")
    status = place.ask("/", headers={"Host": "evil.example"})[0]
    must(status == 400, f"another host name gives {status}")
    must(place.ask("/metrics")[0] == 404, "figures for strangers")
    body = place.ask("/metrics", headers={"Authorization": f"Bearer {'t' * 20}"})[2].decode()
    counted = sum(float(row.rsplit(" ", 1)[1]) for row in body.splitlines() if row.startswith("studio_answers_total"))
    told("/metrics", f"404 without the token; with it {counted:.0f} answers of the workers of one")
    page = place.ask("/accounts/login/", headers={"Accept-Encoding": "gzip"})
    must(page[1]["Content-Encoding"] == "gzip", "pages are not packed")


def new_code(place: Place) -> None:
    """deploy/roll.py, while four people read and write."""
    ending, took, bad = threading.Event(), [], []

    def use():
        while not ending.is_set():
            began = time.monotonic()
            for method in ("GET", "POST"):
                try:
                    status = place.ask("/accounts/login/", method)[0]
                except OSError as error:
                    status = str(error)
                if status not in {200, 403}:  # a form without its token is refused by the site itself
                    bad.append(status)
            took.append(time.monotonic() - began)

    people = [threading.Thread(target=use) for _person in range(4)]
    for person in people:
        person.start()
    upstream, proxy = place.folder / "studio-upstream.conf", place.proxy
    roll.roll(upstream, lambda: proxy.send_signal(signal.SIGHUP), place.start_again, place.trouble_at)
    ending.set()
    for person in people:
        person.join()
    told(
        "both start again under load",
        f"{2 * len(took)} answers, {len(bad)} bad, the slowest two {max(took) * 1000:.0f} ms",
    )
    must(not bad, str(set(bad)))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="studio-proxy-") as folder:
        place = Place(Path(folder))
        with place.running():
            for step in (slow_callers, private_files, sizes_and_lies, new_code, patience):
                step(place)
        must(all("time" in line for line in place.lines()), "a line of the log is no event")
        told("log", f"{len(place.lines())} lines, each one event of JSON")
    print("All as it should be.")


if __name__ == "__main__":
    main()
