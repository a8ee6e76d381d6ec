from django.contrib.sessions import middleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError


class SessionMiddleware(middleware.SessionMiddleware):
    """With a full disk people still read, although the hour of their last step can't be noted.

    The session then ends the sooner. What ends or begins one is written by its view, which fails as it should.
    """

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as error:
            away = absence_behind(error)
            if away is None:
                raise
            if request.method not in ("GET", "HEAD"):
                raise away from None
            return response


def absence_behind(error: BaseException | None) -> OperationalError | None:
    """Django takes any failure to write a session for one that was deleted meanwhile."""
    while error and not isinstance(error, OperationalError):
        error = error.__context__
    return error


class PrivatePagesMiddleware:
    """No shared computer keeps a copy of a page that only its reader may see."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response
