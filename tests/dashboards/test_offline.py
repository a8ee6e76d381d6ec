"""The service worker and the page for when there is no network."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders


@pytest.fixture
def worker(client, db):
    return client.get("/sw.js")


def facts_of(worker) -> dict:
    return json.loads(worker.text.split("\n", 1)[0].removeprefix("const STUDIO = ").removesuffix(";"))


def test_the_worker_looks_after_the_whole_site(worker):
    assert worker.status_code == 200
    assert worker["Content-Type"] == "text/javascript"
    assert worker["Service-Worker-Allowed"] == "/"
    assert "no-cache" in worker["Cache-Control"]
    assert "addEventListener" in worker.text


def test_it_keeps_files_that_are_there_and_nothing_of_the_back_office(worker):
    files = facts_of(worker)["files"]
    names = [name.removeprefix("/static/") for name in files]
    assert {"js/draft.js", "css/tokens.css", "css/offline.css", "img/logo.svg"} <= set(names)
    assert all(finders.find(name) for name in names)
    assert not [name for name in names if "admin" in name or name == "js/sw.js"]


def test_every_module_it_needs_offline_is_kept(worker):
    kept = set(facts_of(worker)["files"])
    folder = settings.BASE_DIR / "static" / "js"
    wanted = {
        name
        for script in folder.glob("*.js")
        for name in re.findall(r'from "\./([\w-]+\.js)"', script.read_text("utf-8"))
    }
    assert wanted
    assert {f"/static/js/{name}" for name in wanted} <= kept


def test_the_worker_is_the_same_for_everyone(worker, as_):
    assert as_("mentor").get("/sw.js").text == worker.text


@pytest.mark.parametrize(("address", "offers"), [("/offline/", False), ("/offline/?form=1", True)])
def test_the_offline_page_speaks_both_languages_and_names_nobody(address, offers, as_, cast):
    text = as_("mentor").get(address).text
    assert "现在没有网络" in text
    assert "No network at the moment" in text
    assert str(cast.mentor) not in text
    assert ('href="/logs/write/"' in text) is offers


def test_the_policy_of_contents_lets_only_our_own_worker_in(worker):
    policy = worker["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
