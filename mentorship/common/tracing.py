"""Each request has an id, and one line in the log: who asked what, how it was answered and how long it took."""

import logging
import re
import time
import uuid
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

from .callers import address_of
from .quiet_logs import masked

access = logging.getLogger("studio.access")
current: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)
SOUND = re.compile(r"[0-9A-Za-z-]{16,64}")
HEADER = "X-Request-ID"


class TracingMiddleware:
    """Stands before all others, so that also what they refuse has an id and a line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id, began = id_of(request), time.monotonic()
        token = current.set(request)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request.id
            if access.isEnabledFor(logging.INFO):
                tell(request, response, time.monotonic() - began)
            return response
        finally:
            current.reset(token)


def id_of(request: HttpRequest) -> str:
    """The proxy's own, where one stands before us; what a caller sends counts for nothing."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if SOUND.fullmatch(given) else uuid.uuid4().hex


def request_of(record: logging.LogRecord) -> HttpRequest | None:
    """Django tells of some answers when the middleware is through; then the record itself brings the request."""
    brought = getattr(record, "request", None)
    return brought if hasattr(brought, "id") else current.get()


def tell(request: HttpRequest, response, seconds: float) -> None:
    """The address goes without its question: what people search for are names and numbers."""
    facts = {
        "method": request.method,
        "path": masked(request.path),
        "view": view_of(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "from": address_of(request),
    }
    access.info("%(method)s %(path)s %(status)s", facts, extra={"facts": facts})


def view_of(request: HttpRequest) -> str:
    return getattr(request.resolver_match, "view_name", None) or ""


def user_of(request: HttpRequest) -> str:
    """Who is signed in, if that was looked up: a line in the log asks the database nothing."""
    return str(getattr(getattr(request, "_cached_user", None), "pk", None) or "")
