"""D12: a form that is sent twice does its work once, and its second sending gets the answer of the first.

Each form carries a key of its own (`{% csrf_token %}` writes it). The first entry that an act adds to the audit trail also
writes down, in the same transaction, that this form was sent, with this content, by this person. The same once more breaks
on that row, and whatever the second act had done is taken back with it. Sent again with other words it is another form.
"""

import contextlib
import datetime
import hashlib
import json
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils import timezone

from mentorship.common.asked import uuid_or_none

from .models import SentForm

KEY = "sent_key"
KEPT = datetime.timedelta(days=2)
PATIENCE = 2.0  # seconds for the first to tell where it led


class AlreadySent(Exception):
    """This form's work is done: nothing of it is done again."""


@dataclass
class Sending:
    digest: str
    written: bool = False


sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


def write_down() -> None:
    """Called by the trail, inside the act's transaction."""
    now = sending.get()
    if now is None or now.written:
        return
    now.written = True
    try:
        with transaction.atomic():
            SentForm.objects.create(digest=now.digest)
    except IntegrityError as error:
        raise AlreadySent from error


class OnceMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        digest = digest_of(request) if request.method == "POST" else None
        if digest is None:
            return self.get_response(request)
        if SentForm.objects.filter(digest=digest).exists():
            return answer_again(digest)
        with underway(digest) as now:
            response = self.get_response(request)
        return self.kept(response, now)

    def process_exception(self, request, exception):
        now = sending.get()
        return answer_again(now.digest) if now and isinstance(exception, AlreadySent) else None

    @staticmethod
    def kept(response, now: Sending):
        """An answer that leads elsewhere is kept; one that shows a page is not, and its form may be sent again."""
        leads = isinstance(response, HttpResponseRedirect)
        if now.written and not leads:
            SentForm.objects.filter(digest=now.digest, location="").delete()
        elif now.written and not hasattr(response, "sent_before"):
            SentForm.objects.filter(digest=now.digest).update(location=response.url[:500])
        elif not leads and SentForm.objects.filter(digest=now.digest).exists():
            return answer_again(now.digest)  # the first was quicker, and this one met what it had done
        return response


@contextlib.contextmanager
def underway(digest: str) -> Iterator[Sending]:
    token = sending.set(now := Sending(digest))
    try:
        yield now
    finally:
        sending.reset(token)


def digest_of(request) -> str | None:
    key = uuid_or_none(request.POST.get(KEY))
    if key is None:
        return None
    hands = getattr(request.user, "acting_user", None)
    words = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.name, file.size) for name, several in request.FILES.lists() for file in several)
    about = [str(key), str(request.user.pk), str(hands and hands.pk), request.get_full_path(), words, files]
    return hashlib.sha256(json.dumps(about).encode("utf-8", "surrogatepass")).hexdigest()


def answer_again(digest: str) -> HttpResponseRedirect:
    until = time.monotonic() + PATIENCE
    while True:
        location = SentForm.objects.filter(digest=digest).values_list("location", flat=True).first()
        if location or location is None or time.monotonic() > until:
            break
        time.sleep(0.05)
    response = HttpResponseRedirect(location or "/")
    response.sent_before = True
    return response


def forget() -> int:
    return SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
