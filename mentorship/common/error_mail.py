"""A mail to the operators when a page or a job breaks: where, and no value of any person in it.

Django's own handler sends what was typed, cookies and settings along, and one mail for each error of a storm.
"""

import logging
import time
import traceback

from django.conf import settings
from django.core.mail import mail_admins

from .quiet_logs import masked
from .tracing import request_of, view_of

PAUSE = 600  # seconds before the same place is told again, by each process


class ErrorMail(logging.Handler):
    def __init__(self, level=logging.ERROR):
        super().__init__(level)
        self.told: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        kind, frames = place_of(record)
        place = f"{record.name} {kind} {frames[-1] if frames else record.msg}"
        now = time.monotonic()
        if now - self.told.get(place, -PAUSE) < PAUSE:
            return
        self.told = {known: at for known, at in self.told.items() if now - at < PAUSE} | {place: now}
        try:
            mail_admins(f"{kind or record.levelname} in {record.name}", words(record, kind, frames), fail_silently=True)
        except Exception:
            self.handleError(record)


def place_of(record: logging.LogRecord) -> tuple[str, list[str]]:
    """The kind of exception and where it went through; never its words, which may quote what a person wrote."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return "", []
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__, [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]


def words(record: logging.LogRecord, kind: str, frames: list[str]) -> str:
    lines = [f"logger: {record.name}", f"release: {settings.VERSION}", f"error: {kind or record.msg}"]
    if request := request_of(record):
        lines += [
            f"request id: {request.id} (the log has the rest)",
            f"page: {view_of(request)}, {request.method} {masked(request.path)}",
        ]
    return "\n".join([*lines, "", *frames])
