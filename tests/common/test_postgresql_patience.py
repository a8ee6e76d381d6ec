"""D22: a server that takes calls and says nothing is given up, and its next caller learns of it at once."""

import os
import signal
import time

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from mentorship.common.postgresql import base
from mentorship.common.postgresql.base import DatabaseWrapper

PATIENCE = 0.4


@pytest.fixture
def dials(monkeypatch):
    """Connections that are tried; each fails."""
    tried = []

    def refuse(self, conn_params):
        tried.append(time.monotonic())
        raise psycopg.OperationalError("refused")

    monkeypatch.setattr(base.base.DatabaseWrapper, "get_new_connection", refuse)
    monkeypatch.setattr(base, "away_until", {})
    return tried


def wrapper(alias="elsewhere", **more):
    return DatabaseWrapper(connections["default"].settings_dict | more, alias)


def test_after_a_refused_connection_the_next_callers_do_not_dial(dials, monkeypatch):
    patient = wrapper(PATIENCE=12)
    for _caller in range(3):
        with pytest.raises(psycopg.OperationalError):
            patient.get_new_connection({})
    assert len(dials) == 1
    monkeypatch.setitem(base.away_until, "elsewhere", time.monotonic() - 0.01)
    with pytest.raises(psycopg.OperationalError):
        patient.get_new_connection({})
    assert len(dials) == 2


def test_one_that_is_away_says_nothing_of_another(dials):
    for alias in ("replica1", "default", "replica1", "default"):
        with pytest.raises(psycopg.OperationalError):
            wrapper(alias, PATIENCE=12).get_new_connection({})
    assert len(dials) == 2


def test_commands_dial_each_time(dials):
    for _caller in range(2):
        with pytest.raises(psycopg.OperationalError):
            wrapper().get_new_connection({})
    assert len(dials) == 2


@pytest.fixture
def own(transactional_db):
    """A connection of its own beside that of the tests, with a short patience."""
    ours = DatabaseWrapper(connection.settings_dict | {"PATIENCE": PATIENCE}, "elsewhere")
    yield ours
    ours.close()


@pytest.mark.postgres
def test_an_answer_that_does_not_come_is_given_up(own):
    began = time.monotonic()
    with pytest.raises(OperationalError, match="no answer in time"), own.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    assert PATIENCE <= time.monotonic() - began < 2
    own.close_if_unusable_or_obsolete()
    with own.cursor() as cursor:  # the next question has a new connection
        cursor.execute("SELECT 42")
        assert cursor.fetchone() == (42,)


@pytest.mark.postgres
def test_errors_are_djangos_own(own):
    with own.cursor() as cursor:
        cursor.execute("SET statement_timeout = '50ms'")
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(0.3)")


@pytest.mark.postgres
def test_a_kept_connection_whose_server_hangs_is_found_unusable_soon(own, monkeypatch):
    monkeypatch.setattr(base, "LOOK", 0.3)
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    try:
        os.kill(pid, signal.SIGSTOP)
    except PermissionError:
        pytest.fail("the tests must be allowed to stop a process of their database")
    try:
        began = time.monotonic()
        assert own.is_usable() is False
        assert time.monotonic() - began < 2
    finally:
        os.kill(pid, signal.SIGCONT)
