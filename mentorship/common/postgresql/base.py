"""Django's PostgreSQL, with an end to waiting. The limits in settings.py (`postgresql_patience`) are kept by the server:
one that hangs, or whose machine is gone without a word, keeps none, and every thread of the site would wait for it.

DATABASES may say "PATIENCE": seconds for one answer. Without it there is no end, as for commands.
"""

import time

import psycopg
from django.db.backends.postgresql import base

LOOK = 1.5  # seconds for the first word of a connection that lay idle; with connect_timeout, a page fails within five
REST = 1.0  # after a connection failed: nobody else need wait as long to learn the same
away_until: dict[str, float] = {}  # of each of DATABASES: a replica that is gone says nothing of the primary


class PatientConnection(psycopg.Connection):
    patience: float | None = None

    def wait(self, gen, *args, timeout=None, **kwargs):
        try:
            return super().wait(gen, *args, timeout=timeout or self.patience, **kwargs)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()  # what would still arrive belongs to no question any more
            raise psycopg.OperationalError("the database gave no answer in time") from error


class PatientDatabase:
    """The module psycopg as Django uses it, but for the class of its connections."""

    connect = PatientConnection.connect

    def __getattr__(self, name):
        return getattr(psycopg, name)


class DatabaseWrapper(base.DatabaseWrapper):
    Database = PatientDatabase()

    def get_new_connection(self, conn_params):
        patience = self.settings_dict.get("PATIENCE")
        if patience:
            refuse_while_away(self.alias)
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if patience:
                away_until[self.alias] = time.monotonic() + REST
            raise
        connection.patience = patience
        return connection

    def is_usable(self):
        """Asked before a kept connection is used again."""
        if self.connection is None or not self.settings_dict.get("PATIENCE"):
            return super().is_usable()
        patience, self.connection.patience = self.connection.patience, LOOK
        try:
            return super().is_usable()
        finally:
            self.connection.patience = patience


def refuse_while_away(alias: str) -> None:
    if time.monotonic() < away_until.get(alias, 0):
        raise psycopg.OperationalError("the database was away a moment ago")
