"""A page that may lag, before two real servers: one that streams from the other, stands still, is asleep, is gone."""

import importlib
import sys
import time
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.db.utils import ConnectionHandler
from django.http import HttpResponse

from mentorship.accounts.access import PUBLIC, page
from mentorship.common import replicas
from mentorship.places.models import Studio
from mentorship.settings import database, replica

pytestmark = pytest.mark.postgres
FAULTS = Path(__file__).resolve().parents[2] / "deploy/faults"
LAG, LOOK, GONE = 2, 1, 1


@pytest.fixture(scope="module")
def servers():
    sys.path.insert(0, str(FAULTS))
    cluster = importlib.import_module("cluster")
    sys.path.remove(str(FAULTS))
    with cluster.own_cluster() as primary, primary.replica() as copy:
        primary.ask("CREATE TABLE word AS SELECT 'first' AS said")
        yield primary, copy


class Site:
    def __init__(self, primary, copy, rf):
        self.primary, self.copy, self.rf = primary, copy, rf

        @page(PUBLIC, lagging=True)
        def view(request):
            alias = replicas.ReplicaRouter().db_for_read(Studio)
            with replicas.connections[alias].cursor() as cursor:
                cursor.execute("SELECT said FROM word")
                return HttpResponse(f"{alias} {cursor.fetchone()[0]}")

        self.view = view

    def write(self, word: str) -> None:
        self.primary.ask(f"UPDATE word SET said = '{word}'")

    def says(self, own: bool = False) -> str:
        """The page; to whoever has just written, or to another."""
        for connection in replicas.connections.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()  # as each request begins
        request = self.rf.get("/")
        request.COOKIES |= {replicas.FRESH: "1"} if own else {}
        return self.view(request).content.decode()

    def comes_to(self, wanted: str) -> float:
        """How many seconds until it says so."""
        began = time.monotonic()
        while self.says() != wanted:
            assert time.monotonic() - began < 20
            time.sleep(0.1)
        return time.monotonic() - began


@pytest.fixture
def site(servers, settings, monkeypatch, django_db_blocker, rf):
    """The second server is fresh and read."""
    primary, copy = servers
    patience = {"PATIENCE": 12}
    handler = ConnectionHandler({
        DEFAULT_DB_ALIAS: database(primary.url) | patience, "replica1": replica(copy.url) | patience,
    })  # fmt: skip
    settings.REPLICAS = ["replica1"]
    for name, value in {"connections": handler, "MOST_LAG": LAG, "LOOK_EVERY": LOOK, "GONE_FOR": GONE}.items():
        monkeypatch.setattr(replicas, name, value)
    monkeypatch.setattr(replicas, "watch", replicas.Watch())
    found = Site(primary, copy, rf)
    with django_db_blocker.unblock():
        found.write("first")
        found.comes_to("replica1 first")
        yield found
        handler.close_all()


def test_one_that_stands_still_is_given_up_in_time_and_comes_back(site):
    site.copy.ask("SELECT pg_wal_replay_pause()")
    site.write("second")
    assert site.says(own=True) == "default second"
    assert site.comes_to("default second") <= LAG + LOOK + 0.5
    assert site.copy.ask("SELECT said FROM word") == "first"
    site.copy.ask("SELECT pg_wal_replay_resume()")
    site.comes_to("replica1 second")


def test_one_that_falls_asleep_holds_one_page_for_some_seconds(site):
    site.copy.sleep()
    try:
        began = time.monotonic()
        assert {site.says() for _page in range(3)} == {"default first"}
        assert time.monotonic() - began < 9  # 1.5 for the kept connection, 3 for a new one
    finally:
        site.copy.wake()
    site.comes_to("replica1 first")


def test_the_page_on_which_one_is_gone_comes_from_the_primary(site):
    site.copy.stop()
    try:
        assert {site.says() for _page in range(3)} == {"default first"}
    finally:
        site.copy.start()
    site.comes_to("replica1 first")
