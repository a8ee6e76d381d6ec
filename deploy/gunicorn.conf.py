"""How the site is served: `./studio run` on one machine, or behind a buffering proxy in production.

Threads, because a page waits for its database more than it computes. In production a proxy must stand
in front and buffer whole requests: a few dozen slow phones would otherwise hold every thread.
"""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

from gunicorn.glogging import Logger

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from mentorship.common.json_logs import JsonFormatter

production = os.environ.get("STUDIO_ENV") == "production"
memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


class LineLogger(Logger):
    """The server's own words, in production as JSON too. Requests are told by the site itself, which knows more of them
    (mentorship.common.tracing)."""

    def setup(self, cfg):
        super().setup(cfg)
        if production:
            for handler in self.error_log.handlers:
                handler.setFormatter(JsonFormatter())


bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "16"))
timeout = 60
graceful_timeout = 15
keepalive = 5
# A worker is replaced now and then, so that no slow leak can grow for a year.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file belongs in memory: on a busy disk a stalled write looks like a dead worker.
worker_tmp_dir = memory
control_socket_disable = True
logger_class = LineLogger
errorlog = "-"
loglevel = "info" if production else "warning"

# Where workers lay down their figures for /metrics, each in its place; one worker after another takes the same place.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
if os.environ.get("METRICS_TOKEN") and SHARED not in os.environ:  # it is there when the settings are read again
    os.environ[SHARED] = tempfile.mkdtemp(prefix="studio-figures-", dir=memory)


def pre_fork(server, worker):
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = min(set(range(len(taken) + 1)) - taken)


def post_fork(server, worker):
    os.environ["STUDIO_WORKER"] = str(worker.place)


def post_worker_init(worker):
    """The whole site is read before the first page. From then on the garbage collector leaves alone what never goes away:
    to walk through half a million objects takes a third of a second, in the middle of somebody's page."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def on_exit(server):
    if SHARED in os.environ:
        shutil.rmtree(os.environ[SHARED], ignore_errors=True)
