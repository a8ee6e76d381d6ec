from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that lost its token: said in words, with the way back. The reason stays in the log."""
    return render(request, "403.html", {"form_expired": True}, status=403)
