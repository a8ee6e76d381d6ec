"""What is read where. Real servers: test_replicas_live.py, `./studio faults replicas`."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, transaction
from django.http import HttpResponse

from mentorship.accounts.access import PUBLIC, page
from mentorship.accounts.models import User
from mentorship.audit.models import Entry
from mentorship.common import replicas
from mentorship.common.replicas import (
    FRESH,
    LOOK_EVERY,
    MOST_LAG,
    PINNED,
    FreshMiddleware,
    ReplicaRouter,
    Watch,
    reads_may_lag,
)
from mentorship.places.models import Studio
from tests.walk import patterns

ROOT = Path(__file__).resolve().parents[2]
router = ReplicaRouter()


class Servers:
    """How far the log is written, and replayed by each replica (None: it does not answer)."""

    def __init__(self):
        self.now, self.written, self.replayed, self.closed = 0.0, 0, {"one": 0, "two": 0}, []

    def asked(self, alias, question):
        if alias == DEFAULT_DB_ALIAS:
            return self.written
        if self.replayed[alias] is None:
            raise OperationalError("gone")
        return self.replayed[alias]


@pytest.fixture
def servers(monkeypatch, settings):
    found = Servers()
    settings.REPLICAS = ["one", "two"]
    monkeypatch.setattr(replicas, "asked", found.asked)
    monkeypatch.setattr(replicas.time, "monotonic", lambda: found.now)
    monkeypatch.setattr(replicas, "watch", Watch())
    wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
    wrapper.errors_occurred, wrapper.close = False, lambda: None  # never opened
    here = {DEFAULT_DB_ALIAS: connections[DEFAULT_DB_ALIAS], "one": wrapper, "two": wrapper}
    monkeypatch.setattr(replicas, "connections", here)
    return found


def picks(servers, seconds=0.0, n=4):
    servers.now += seconds
    return {replicas.watch.pick() for _time in range(n)}


# --- which replica


def test_fresh_replicas_take_turns(servers):
    assert picks(servers) == {"one", "two"}


def test_under_steady_writes_one_that_keeps_up_is_used(servers):
    servers.written = 100
    assert picks(servers) == {""}  # nothing is known yet
    servers.written, servers.replayed = 200, {"one": 150, "two": 99}
    assert picks(servers, LOOK_EVERY) == {"one"}


def test_one_that_stands_still_is_left_out_in_time(servers):
    assert picks(servers) == {"one", "two"}
    servers.written, began = 100, servers.now
    servers.replayed["one"] = 100
    while "two" in picks(servers, 0.5):
        assert servers.now - began <= MOST_LAG + LOOK_EVERY
    assert picks(servers, LOOK_EVERY) == {"one"}
    servers.replayed["two"] = 100
    assert picks(servers, LOOK_EVERY) == {"one", "two"}


@pytest.mark.parametrize("offset", [0.0, 0.9, 1.7, 2.5])
def test_nobody_misses_their_own_write(servers, offset):
    """Whenever it is written and however a replica stops: PINNED seconds later none that lacks it is picked."""
    picks(servers)
    servers.now += offset
    written_at = servers.now
    servers.written = 100
    while servers.now < written_at + 4 * PINNED:
        found = picks(servers, 0.25)
        if servers.now >= written_at + PINNED:
            assert found == {""}


def test_one_that_fails_is_left_alone_for_a_while(servers):
    servers.replayed["one"] = None
    assert picks(servers) == {"two"}
    servers.replayed["one"] = 0
    assert picks(servers, LOOK_EVERY) == {"two"}
    assert picks(servers, replicas.GONE_FOR) == {"one", "two"}


def test_while_one_page_looks_the_others_do_not_wait(servers):
    picks(servers)
    servers.now += LOOK_EVERY
    with replicas.watch.looking:
        assert picks(servers) == {""}
    assert picks(servers) == {"one", "two"}


def test_one_that_is_no_replica_any_more_is_not_used(servers, monkeypatch):
    monkeypatch.setattr(replicas, "asked", lambda alias, question: 0 if alias == DEFAULT_DB_ALIAS else None)
    assert picks(servers) == {""}


# --- what is read there


def test_only_what_bears_it_is_read_there(servers):
    assert router.db_for_read(Studio) == DEFAULT_DB_ALIAS
    with reads_may_lag() as alias:
        assert {router.db_for_read(Studio), router.db_for_read(User)} == {alias}
        assert alias in {"one", "two"}
        assert router.db_for_read(Entry) == DEFAULT_DB_ALIAS
        assert router.db_for_write(Studio) == DEFAULT_DB_ALIAS
    assert router.db_for_read(Studio, instance=Studio()) == DEFAULT_DB_ALIAS


@pytest.mark.django_db(transaction=True)
def test_never_inside_a_transaction(servers):
    with reads_may_lag() as alias:
        assert router.db_for_read(Studio) == alias != ""
        with transaction.atomic():
            assert router.db_for_read(Studio) == DEFAULT_DB_ALIAS
    with transaction.atomic(), reads_may_lag() as alias:
        assert alias == ""


def test_no_migration_runs_there():
    assert router.allow_migrate(DEFAULT_DB_ALIAS, "places")
    assert not router.allow_migrate("replica1", "places")
    assert router.allow_relation(Studio(), Studio())


def test_without_replicas_nothing_is_looked_at(settings, monkeypatch):
    settings.REPLICAS = []
    monkeypatch.setattr(replicas.watch, "pick", lambda: pytest.fail("looked"))
    with reads_may_lag() as alias:
        assert alias == ""


# --- pages


@pytest.fixture
def seen(servers):
    """The places that a lagging page was read from, and the page."""
    places = []

    @page(PUBLIC, lagging=True)
    def view(request):
        places.append(router.db_for_read(Studio))
        return HttpResponse("seen")

    return places, view


def test_a_lagging_page_reads_there(seen, rf):
    places, view = seen
    view(rf.get("/"))
    assert places[0] in {"one", "two"}


def test_what_is_sent_and_who_just_wrote_read_from_the_primary(seen, rf):
    places, view = seen
    view(rf.post("/"))
    fresh = rf.get("/")
    fresh.COOKIES[FRESH] = "1"
    view(fresh)
    assert places == [DEFAULT_DB_ALIAS] * 2


@pytest.mark.parametrize("error", [OperationalError("ended"), InterfaceError("closed"), ValueError("made of it")])
def test_when_the_replica_fails_on_the_way_the_primary_answers(servers, rf, error):
    places = []

    @page(PUBLIC, lagging=True)
    def view(request):
        places.append(router.db_for_read(Studio))
        if places[-1] != DEFAULT_DB_ALIAS:
            replicas.connections[places[-1]].errors_occurred = True
            raise error
        return HttpResponse("seen")

    assert view(rf.get("/")).content == b"seen"
    assert places == ["one", DEFAULT_DB_ALIAS]
    assert picks(servers) == {"two"}


def test_a_failure_of_the_primary_is_not_taken_for_the_replicas(servers, rf):
    @page(PUBLIC, lagging=True)
    def view(request):
        raise OperationalError("the primary")

    with pytest.raises(OperationalError):
        view(rf.get("/"))
    assert picks(servers) == {"one", "two"}


def test_who_writes_is_pinned_to_the_primary(rf):
    def answer(model, ask=rf.get):
        return FreshMiddleware(lambda request: HttpResponse(router.db_for_write(model) if model else ""))(ask("/"))

    cookie = answer(Studio).cookies[FRESH]
    assert (cookie["max-age"], cookie["httponly"]) == (PINNED, True)
    assert PINNED > MOST_LAG + LOOK_EVERY
    assert FRESH in answer(None, rf.post).cookies  # sent again: its work was done a moment ago
    assert not answer(None).cookies
    assert not answer(Entry).cookies  # an export is written down, and changes nothing that its reader looks for


LAGGING = {
    "dashboards:overview", "growth:cohort", "growth:cohort_export", "growth:report", "growth:report_docx",
    "clinic:library", "clinic:figures", "clinic:export", "training:ledger", "training:ledger_export", "logs:export",
    "logs:rhythm", "meetings:items_export", "meetings:products", "people:export", "notifications:sent_export",
    "visits:export",
}  # fmt: skip


def test_the_pages_that_may_lag_stand_here():
    """None of forms, votes, own pages, permissions: a page comes into this list with a thought."""
    assert {name for name, view in patterns() if getattr(view, "lagging", False)} == LAGGING


# --- settings

ASK = (
    "import json, sys; sys.argv = ['gunicorn']; import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'mentorship.settings';"
    "from django.conf import settings as s; r = s.DATABASES['replica2'];"
    "print(r['OPTIONS'], r['TEST'], s.REPLICAS, s.DATABASE_ROUTERS, s.MIDDLEWARE[1], s.REPLICA_LAG)"
)


def started(tmp_path, **more):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("STUDIO_", "DATABASE_"))} | {
        "STUDIO_ENV": "production",
        "STUDIO_VAR": str(tmp_path),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "studio.example",
    }
    return subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environment | more, capture_output=True, text=True)


def test_replicas_have_the_primarys_patience_and_are_read_only(tmp_path):
    done = started(
        tmp_path, DATABASE_URL="postgres://a@db/a", DATABASE_REPLICA_URLS="postgres://a@r1/a,postgres://a@r2/a"
    )
    assert done.returncode == 0, done.stderr
    for wanted in [
        "-c statement_timeout=10s -c idle_in_transaction_session_timeout=30s -c default_transaction_read_only=on",
        "'connect_timeout': 3", "{'MIRROR': 'default'}", "['replica1', 'replica2']", "ReplicaRouter", "FreshMiddleware",
    ]:  # fmt: skip
        assert wanted in done.stdout


def test_replicas_of_no_postgresql_are_refused(tmp_path):
    done = started(tmp_path, DATABASE_REPLICA_URLS="postgres://a@r1/a")
    assert "DATABASE_REPLICA_URLS needs PostgreSQL" in done.stderr.splitlines()[-1]
