"""One's own address for the calendar of a telephone or a mail program, and what is read there."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluations.calendar import actions
from evaluations.calendar.access import own_feed
from evaluations.calendar.ics import calendar_of
from evaluations.calendar.models import CalendarFeed
from evaluations.calendar.queries import entries_between
from mentorship.accounts.access import OWN_HANDS, PUBLIC, page
from mentorship.common.errors import Refused

BEFORE, AFTER = datetime.timedelta(days=180), datetime.timedelta(days=370)
DEFAULT_LANGUAGE = "zh-hans"


@page(OWN_HANDS)
def feeds(request):
    """POST makes a new address and answers with the page that shows it: it stands in this answer and nowhere else."""
    if request.studio is None:
        return render(request, "calendar/empty.html")
    address = ""
    if request.method == "POST":
        try:
            _feed, secret = actions.make_feed(by=request.user, studio=request.studio)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("calendar:feeds")
        address = request.build_absolute_uri(reverse("calendar:feed", args=[secret]))
    live = CalendarFeed.objects.of(request.user, request.studio).live().first()
    context = {"feed": live, "address": address, "webcal": address.replace("https://", "webcal://", 1)}
    return render(request, "calendar/feeds.html", context)


@page(OWN_HANDS)
@require_POST
def revoke(request, pk):
    actions.revoke_feed(by=request.user, feed=own_feed(request.user, pk))
    messages.success(request, _("订阅地址收回了，从现在起读不到任何日程。"))
    return redirect("calendar:feeds")


@require_safe
@page(PUBLIC)
def feed(request, secret):
    """Without signing in: the secret stands for its owner, and opens nothing but this list of dates.

    Unknown, taken back, a closed account and a lost role answer alike.
    """
    found = actions.feed_with(secret)
    if found is None:
        return kept_private(HttpResponse("404\n", status=404, content_type="text/plain; charset=utf-8"))
    content = content_of(found, request.build_absolute_uri("/").rstrip("/"))
    etag = f'"{actions.note_fetch(found, content)}"'
    changed_at = found.content_changed_at.timestamp()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="daliang.ics"'
    response["ETag"], response["Last-Modified"] = etag, http_date(changed_at)
    return kept_private(get_conditional_response(request, etag, int(changed_at), response))


def content_of(found: CalendarFeed, site: str) -> bytes:
    """In the owner's language; half a year back and a year ahead of the studio's day."""
    today = found.studio.today()
    with translation.override(found.user.language or DEFAULT_LANGUAGE):
        entries = entries_between(found.user, found.studio, today - BEFORE, today + AFTER)
        return calendar_of(entries, name=str(found.studio), site=site)


def kept_private(response):
    response["Cache-Control"] = "private, no-cache, max-age=0"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
