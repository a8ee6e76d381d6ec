"""Whether this process can serve: asked by a balancer every few seconds."""

import threading

from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

SECONDS = 3.0
one_at_a_time = threading.Lock()


def is_ready() -> bool:
    """The database answers and every migration is applied, known within 3 seconds.

    Asked in a thread of its own: a database that hangs gives no error to wait for. A thread that hangs keeps the lock,
    so that no more than one of them ever holds a connection.
    """
    found = []

    def look() -> None:
        if not one_at_a_time.acquire(timeout=SECONDS):
            return
        try:
            found.append(not waiting_migrations())
        except DatabaseError:
            found.append(False)
        finally:
            connections.close_all()
            one_at_a_time.release()

    thread = threading.Thread(target=look, name="ready", daemon=True)
    thread.start()
    thread.join(SECONDS)
    return found == [True]


def waiting_migrations() -> list:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
