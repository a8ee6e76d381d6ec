"""Typing for a mentor."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from mentorship.accounts.access import OWN_HANDS, SIGNED_IN, page
from mentorship.accounts.actions import start_acting
from mentorship.accounts.actions import stop_acting as stop
from mentorship.accounts.queries import principals_for
from mentorship.accounts.sessions import ACTING_FOR


@require_POST
@page(OWN_HANDS)
def act(request, pk):
    principal = get_object_or_404(principals_for(request.user), pk=pk)
    start_acting(by=request.user, principal=principal)
    request.session[ACTING_FOR] = str(principal.pk)
    return redirect("dashboards:home")


@require_POST
@page(SIGNED_IN)
def stop_acting(request):
    if request.session.pop(ACTING_FOR, None) and request.user.is_represented:
        stop(by=request.user)
    return redirect("accounts:me")
