"""How the site is served: `./studio run` on one machine, or behind a buffering proxy in production.

Threads, because a page waits for its database more than it computes. In production a proxy must stand
in front and buffer whole requests: a few dozen slow phones would otherwise hold every thread.
"""

import os
import re
from pathlib import Path

from gunicorn.glogging import Logger

SECRET = re.compile(r"(?<=/)[\w-]{40,}(?=[/?#\s]|$)")


class QuietLogger(Logger):
    """Addresses that are keys (a guest's link, a sign-in card) stay out of the log: as mentorship.common.quiet_logs."""

    def atoms(self, resp, req, environ, request_time):
        found = super().atoms(resp, req, environ, request_time)
        return {name: SECRET.sub("…", text) if isinstance(text, str) else text for name, text in found.items()}


production = os.environ.get("STUDIO_ENV") == "production"

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
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
logger_class = QuietLogger
accesslog = "-" if production else None
errorlog = "-"
loglevel = "info" if production else "warning"
