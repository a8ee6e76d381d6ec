"""What the studio holds about oneself, and one's own copy of it."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.accounts.access import OWN_HANDS, StepUp, page
from mentorship.common.errors import Refused
from mentorship.common.packing import KEPT_DAYS
from mentorship.common.private_files import private_response
from mentorship.privacy import actions
from mentorship.privacy.access import copy_for
from mentorship.privacy.copying import withheld
from mentorship.privacy.models import OwnCopy
from mentorship.privacy.notice import notice


@page(OWN_HANDS)
def mine(request):
    newest = OwnCopy.objects.visible_to(request.user).first()
    context = {"copy": newest, "kept_days": KEPT_DAYS, "notice": notice(), "withheld": withheld()}
    return render(request, "privacy/mine.html", context)


@page(OWN_HANDS, step_up=StepUp.ACT)
@require_POST
def ask(request):
    try:
        copy = actions.ask_copy(by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("privacy:mine")
    return redirect("privacy:copy", copy.pk)


@page(OWN_HANDS)
def copy(request, pk):
    found = copy_for(request.user, pk)
    return render(request, "privacy/progress.html", {"copy": found, "words": words_of(found), "kept_days": KEPT_DAYS})


def words_of(found: OwnCopy) -> str:
    return ngettext("看过%(n)s类，共%(all)s类。", "看过%(n)s类，共%(all)s类。", found.done) % {
        "n": found.done,
        "all": found.total,
    }


@page(OWN_HANDS)
def copy_state(request, pk):
    """For the page that watches: {going_on, done, total, words}."""
    found = copy_for(request.user, pk)
    response = JsonResponse(
        {"going_on": found.is_going_on, "done": found.done, "total": found.total, "words": words_of(found)}
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(OWN_HANDS, step_up=StepUp.OPEN)
def copy_file(request, pk):
    found = copy_for(request.user, pk)
    if not found.is_ready:
        raise Http404
    name = _("%(name)s的资料") % {"name": found.user}
    response = private_response(found.file, content_type="application/zip", filename=f"{name}.zip", inline=False)
    actions.told_of_download(by=request.user, copy=found)
    return response
