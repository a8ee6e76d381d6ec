"""A real site for a real browser: the application server on a database of its own, with the demo loaded.

One site per test process. Browser tests change data only in cohorts and studios of their own making.
"""

import hashlib
import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.migrated import ROOT
from tests.telling import manage, settings_of_site, told_folder

CHROMIUM = os.environ.get("STUDIO_CHROMIUM", "/usr/bin/chromium")
PASSWORD = "daliang-2018"
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESKTOP}


ENVIRONMENT: dict[str, str] = {}  # of the running site


@pytest.fixture(scope="session")
def on_site(site):
    """`on_site("tests.browser.round_world")`: runs a module inside the site, to make a studio of the test's own."""
    worlds = itertools.count(1)

    def run(module: str, *arguments: str):
        # Each world is made in a process of its own, where the factories would begin to number anew.
        start = f"from tests.factories import number_from; number_from({100 * next(worlds)}); "
        code = start + f"from importlib import import_module as get; get({module!r}).make(*{arguments!r})"
        manage(ENVIRONMENT, "shell", "--no-imports", "-c", code)

    return run


@contextmanager
def served(environment: dict[str, str], host: str = "127.0.0.1"):
    """Runs the site for as long as the block lasts; yields its address.

    Its number is held from the beginning and handed over: a number that was only found free may be another's by the time
    that the server asks for it, and then the tests would talk to the site of another process.
    """
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        bound = ["-b", f"fd://{door.fileno()}"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", *bound, "mentorship.wsgi"],
            cwd=ROOT, env=environment | {"PORT": str(port)}, pass_fds=[door.fileno()],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://{host}:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(url: str, server) -> None:
    for _ in range(150):
        assert server.poll() is None, "the application server stopped"
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("the application server does not answer")


@pytest.fixture(scope="session")
def told() -> Path:
    """A folder of data with the demo in it."""
    return told_folder()


@pytest.fixture(scope="session")
def site(told, tmp_path_factory):
    """The address of the running site."""
    ENVIRONMENT.update(settings_of_site(shutil.copytree(told, tmp_path_factory.mktemp("site") / "var")))
    with served(ENVIRONMENT) as address:
        yield address


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def sign_in(page, site):
    """`sign_in("mentor", at=address)`: another person takes the device, and is at their home or where they went at once.

    Name and password are sent as the sign-in page would send them; who types them there uses `type_in`.
    """

    def go(username: str, password: str = PASSWORD, at: str = f"{site}/"):
        # What the last page still sends in the background must not meet the next sign-in: were the token of forms cleared, too,
        # a late answer would bring one of its own.
        page.goto("about:blank")
        page.context.clear_cookies(name=re.compile("^(?!csrftoken)"))
        door, ask = f"{site}/accounts/login/", page.context.request
        token = TOKEN.search(ask.get(door).text())[1]
        words = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        answer = ask.post(door, form=words, headers={"Referer": door}, max_redirects=0)
        assert answer.status == 302, f"{username}: {answer.text()}"
        page.goto(at)
        assert "/accounts/login/" not in page.url, username
        return page

    return go


# A page's markup without its words and numbers, nor what only one language has (EN to change to, a figure's words in two
# parts), and what can be scrolled sideways in it: pages that share these (and the width) share what axe would say, which asks
# whether a word is there and what it looks like, never what it says.
SHAPE = """() => innerWidth + document.documentElement.outerHTML.replace(/>[^<]*</g, "><")
  .replace(/<\\/?abbr[^>]*>|<\\/?text [^>]*>|<\\/text>|<span><\\/span>/g, "")
  .replace(/(value|content|d|points|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g, "$1")
  .replace(/ (lang|title|alt|placeholder|aria-label|aria-description|data-(?!layout|text|theme)[a-z-]+)="[^"]+"/g, " $1")
  .replace(/[0-9a-f-]{36}|[0-9]+/g, "")
  + [...document.querySelectorAll("body *")].filter(part => part.scrollWidth > part.clientWidth
    && /auto|scroll/.test(getComputedStyle(part).overflowX)).map(part => part.tagName + part.className)"""


LANGUAGES = {"zh-Hans", "en"}


def violations(page, but_not) -> dict:
    """axe's rule -> the first places where it is broken. No rule that is on by default needs the style sheets fetched again."""
    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false}).then(results => results.violations)")
    return {v["id"]: [node["target"] for node in v["nodes"]][:3] for v in found if v["id"] not in but_not}


@pytest.fixture(scope="session")
def heard(tmp_path_factory) -> Path:
    """A folder of all processes, with a file named after each shape of a page that axe has found nothing in."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "heard"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def sound(page, heard):
    """`sound()`: the page has no axe violation, no sideways scroll, and nothing went wrong in its console."""
    troubles = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))

    def check(*, but_not: tuple[str, ...] = ()):
        shape = heard / hashlib.sha256(page.evaluate(SHAPE).encode()).hexdigest()
        if not shape.exists():
            found = violations(page, but_not)
            assert not found, f"{page.url}: {found}"
            if not but_not:
                shape.touch()
        # Shapes do not tell languages apart.
        spoken = page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('[lang]')].map(part => part.lang)"
        )
        assert set(spoken) <= LANGUAGES, f"{page.url} is in {spoken}"
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{page.url} scrolls sideways: {width}"
        assert not troubles, f"{page.url}: {troubles}"

    return check
