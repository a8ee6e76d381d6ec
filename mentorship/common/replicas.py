"""Reads that bear some seconds of age go to read replicas (docs/adr/0028); all others, and all writes, to the primary.

A page says itself that it bears them: `@page(..., lagging=True)`. How old a replica is, is measured by the primary's log,
not by clocks: a replica that has replayed what the primary had written at some moment shows all that was committed
before that moment. So nobody misses what they wrote themselves: for PINNED seconds their pages come from the primary.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from itertools import count

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

LOOK_EVERY = 3  # seconds for which a look at the replicas counts
GONE_FOR = 30  # seconds for which a replica that failed is left alone
MOST_LAG = settings.REPLICA_LAG
PINNED = MOST_LAG + LOOK_EVERY + 2  # from one's own write to the first page that may be that old, and some room
FRESH = "studio_fresh"
NEVER = {"sessions", "audit"}  # whatever the page says

WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
REPLAYED = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') WHERE pg_is_in_recovery()"

log = logging.getLogger(__name__)
chosen: ContextVar[str] = ContextVar("chosen_replica", default="")
wrote: ContextVar[bool] = ContextVar("wrote", default=False)


class ReplicaRouter:
    """The replica chosen for this page, but never inside a transaction: what is read there is about to be written."""

    def db_for_read(self, model, **hints) -> str:
        alias = chosen.get()
        if not alias or model._meta.app_label in NEVER or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        return alias

    def db_for_write(self, model, **hints) -> str:
        if model._meta.app_label not in NEVER:
            wrote.set(True)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # the same rows, wherever they were read

    def allow_migrate(self, db, app_label, **hints) -> bool:
        return db == DEFAULT_DB_ALIAS


class FreshMiddleware:
    """Whoever wrote something reads from the primary until every replica in use must have it too.

    Also who sent a form and wrote nothing: it may be one sent again, whose work was done a moment ago.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = wrote.set(False)
        try:
            response = self.get_response(request)
            if wrote.get() or request.method == "POST":
                response.set_cookie(
                    FRESH, "1", max_age=PINNED, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
                )
            return response
        finally:
            wrote.reset(token)


class Watch:
    """Which replicas are fresh enough, looked at every few seconds by whichever page comes then."""

    def __init__(self):
        self.looking = threading.Lock()
        self.marks: deque[tuple[float, int]] = deque(maxlen=2 + MOST_LAG // LOOK_EVERY)  # moment, primary's log then
        self.looked_at = float("-inf")
        self.good: list[str] = []
        self.left_alone: dict[str, float] = {}  # until when
        self.turns = count()

    def pick(self) -> str:
        """One of them in turn; empty when there is none, or while another page is looking."""
        now = time.monotonic()
        if now - self.looked_at >= LOOK_EVERY:
            if not self.looking.acquire(blocking=False):
                return ""
            try:
                self.look(now)
            finally:
                self.looking.release()
        good = self.good
        return good[next(self.turns) % len(good)] if good else ""

    def look(self, now: float) -> None:
        self.marks.append((now, asked(DEFAULT_DB_ALIAS, WRITTEN)))
        found = [
            alias for alias in settings.REPLICAS if self.left_alone.get(alias, now) <= now and self.is_fresh(alias)
        ]
        if found != self.good:
            log.warning("read replicas in use: %s", ", ".join(found) or "none")
        self.good, self.looked_at = found, now

    def is_fresh(self, alias: str) -> bool:
        try:
            replayed = asked(alias, REPLAYED)
        except Error as error:
            self.lose(alias, error)
            return False
        now = self.marks[-1][0]
        return replayed is not None and any(
            now - moment <= MOST_LAG and written <= replayed for moment, written in self.marks
        )

    def lose(self, alias: str, error: Exception) -> None:
        log.warning("the read replica %s is left alone for %s s: %r", alias, GONE_FOR, error)
        self.left_alone[alias] = time.monotonic() + GONE_FOR
        self.good = [other for other in self.good if other != alias]
        connections[alias].close()


def asked(alias: str, question: str) -> int | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


def behind() -> list[str]:
    """Those that do not reach within MOST_LAG seconds what the primary has written now, or do not answer."""
    written, until = asked(DEFAULT_DB_ALIAS, WRITTEN), time.monotonic() + MOST_LAG
    waiting = list(settings.REPLICAS)
    while True:
        waiting = [alias for alias in waiting if not has_reached(alias, written)]
        if not waiting or time.monotonic() > until:
            return waiting
        time.sleep(0.2)


def has_reached(alias: str, written: int) -> bool:
    try:
        replayed = asked(alias, REPLAYED)
    except Error:
        connections[alias].close()
        return False
    return replayed is not None and replayed >= written


watch = Watch()


@contextmanager
def reads_may_lag() -> Iterator[str]:
    """Reads inside go to one replica, if one is fresh enough; gives its alias, or nothing."""
    alias = watch.pick() if settings.REPLICAS and not connections[DEFAULT_DB_ALIAS].in_atomic_block else ""
    token = chosen.set(alias)
    try:
        yield alias
    finally:
        chosen.reset(token)


def lagging(view: Callable) -> Callable:
    """A page that may be some seconds old: only when it is asked for, and not by who has just written something. When the
    replica fails on the way, the primary answers."""

    @wraps(view)
    def read(request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"} or FRESH in request.COOKIES:
            return view(request, *args, **kwargs)
        with reads_may_lag() as alias:
            try:
                return view(request, *args, **kwargs)
            except Exception as error:  # whatever the page made of it
                if not alias or not connections[alias].errors_occurred:
                    raise
                watch.lose(alias, error)
        return view(request, *args, **kwargs)

    return read
