import sys

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import format_html

from .away import NUMBER as PLACE_OF_NUMBER
from .away import away_page, is_away

NUMBER = '<p class="mt-3 text-break">编号 <span lang="en">Number</span> <strong>{}</strong></p>'


def csrf_failure(request, reason=""):
    """A form that lost its token: said in words, with the way back. The reason stays in the log."""
    return render(request, "403.html", {"form_expired": True}, status=403)


def server_error(request):
    """Asks nothing of what may be broken: no session, no database. The id leads whoever reads the log to the line.

    A database that is away and a disk that is full are no mistakes of ours: 503, and the page keeps what was typed.
    """
    id_ = getattr(request, "id", "")
    number = format_html(NUMBER, id_[:8]) if id_ else ""
    if is_away(sys.exc_info()[1]):
        return away_page(request, number)
    return HttpResponseServerError(get_template("500.html").render().replace(PLACE_OF_NUMBER, number))
