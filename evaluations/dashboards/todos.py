"""全部待办: one page for everyone."""

from django.shortcuts import render

from mentorship.accounts.access import SIGNED_IN, page

from .todo import gathered, grouped


@page(SIGNED_IN)
def todo(request):
    """Without a studio there is nothing to do."""
    studio = request.studio
    items = gathered(request.user, studio) if studio else []
    context = {"items": items, "groups": grouped(items, studio) if studio else []}
    return render(request, "dashboards/todo.html", context)
