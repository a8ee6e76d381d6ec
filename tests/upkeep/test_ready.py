import threading
import time

import pytest
from django.db import DatabaseError

from mentorship.upkeep import ready


@pytest.fixture
def waiting(monkeypatch):
    """What the look for migrations gives or does; set by each test."""
    holder = {"does": list}
    monkeypatch.setattr(ready, "waiting_migrations", lambda: holder["does"]())
    return holder


def test_it_is_ready_when_the_database_answers_and_is_migrated(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")
    assert "no-store" in response.headers["Cache-Control"]


def test_it_is_not_while_a_migration_waits(client, db, waiting):
    waiting["does"] = lambda: [("people.0002", False)]
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready")


def test_it_is_not_when_the_database_is_away_and_gives_no_detail(client, db, waiting):
    def away():
        raise DatabaseError("secret detail")

    waiting["does"] = away
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready")


def test_a_database_that_hangs_is_known_in_time_and_held_by_one_thread(client, db, waiting, monkeypatch):
    monkeypatch.setattr(ready, "SECONDS", 0.2)
    goes_on, inside = threading.Event(), []

    def hang():
        inside.append(1)
        goes_on.wait(10)
        return []

    waiting["does"] = hang
    began = time.monotonic()
    assert [client.get("/readyz").status_code for _ in range(3)] == [503] * 3
    assert time.monotonic() - began < 2
    assert len(inside) == 1
    goes_on.set()
    for thread in threading.enumerate():
        if thread.name == "ready":
            thread.join(5)
    assert client.get("/readyz").status_code == 200


def test_three_seconds_are_the_promise():
    assert ready.SECONDS <= 3
