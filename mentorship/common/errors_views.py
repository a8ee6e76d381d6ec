from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template


def csrf_failure(request, reason=""):
    """A form that lost its token: said in words, with the way back. The reason stays in the log."""
    return render(request, "403.html", {"form_expired": True}, status=403)


def server_error(request):
    """Asks nothing of what may be broken: no session, no database. The id leads whoever reads the log to the line."""
    page = get_template("500.html").render({"request_id": getattr(request, "id", "")})
    return HttpResponseServerError(page)
