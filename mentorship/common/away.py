"""Is it the database or the disk that fails, rather than our code? And the page that keeps what was typed meanwhile."""

import errno

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
TRY_AGAIN_IN = 10  # seconds
NEVER_REPEATED = ("password", "code", "credential")  # parts of names
MOST = 1024 * 1024  # characters
AGAIN, KEPT_TOO = "<!-- again -->", "<!-- kept -->"  # the page has no template code that could fail as well
NUMBER = "<!-- number -->"
LINK = (
    '<div class="actions mt-4"><a class="btn btn-primary" href="{}">再试一次 <span lang="en">Try again</span></a></div>'
)
KEPT = """<p class="big">您刚才写的都在这一页里，没有丢。请先别关掉，过一会儿按“再试一次”，就会原样交上去。{}</p>
<form method="post" action="{}">{}<div class="actions mt-4">
<button class="btn btn-primary" type="submit">再试一次 <span lang="en">Try again</span></button></div></form>"""
IN_ENGLISH = (
    '<p lang="en">What you wrote is kept in this page. Leave it open; in a moment press “Try again”, and it is sent as it is.'
    "{}</p>"
)
FILES = (
    "附的照片或文件没有带上，交上以后请补一次。",
    " Photos and files did not come along; please add them afterwards.",
)


def is_away(error: BaseException | None) -> bool:
    """The database does not answer, is locked or full; or the disk takes nothing."""
    return isinstance(error, OperationalError | InterfaceError) or (
        isinstance(error, OSError) and error.errno in NO_ROOM
    )


def away_page(request, number: SafeString | str) -> HttpResponse:
    text = get_template("503.html").render().replace(NUMBER, number)
    for place, words in zip((AGAIN, KEPT_TOO), again(request), strict=True):
        text = text.replace(place, words)
    headers = {"Retry-After": str(TRY_AGAIN_IN), "Cache-Control": "private, no-store"}
    return HttpResponse(text, status=503, headers=headers)


def again(request) -> tuple[SafeString | str, SafeString | str]:
    """What was sent, ready to be sent once more with its token and its key, so that it counts once; or a link. And what
    that means, in English."""
    fields = typed(request) if request.method == "POST" else []
    if not fields:
        return format_html(LINK, request.get_full_path() if request.method == "GET" else "/"), ""
    told, told_in_english = FILES if request.FILES else ("", "")
    inputs = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
    return format_html(KEPT, told, request.get_full_path(), inputs), format_html(IN_ENGLISH, told_in_english)


def typed(request) -> list[tuple[str, str]]:
    """Nothing where a password or a code stands among it, or where the form did not arrive whole."""
    try:
        fields = [(name, value) for name, many in request.POST.lists() for value in many]
    except Exception:  # whatever is wrong with it: this page must come
        return []
    secret = any(part in name.lower() for name, _value in fields for part in NEVER_REPEATED)
    return [] if secret or sum(len(value) for _name, value in fields) > MOST else fields
