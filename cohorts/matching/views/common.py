"""Loading a cohort or a proposal with the right to it, and answering a small form of the workbench."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from mentorship.accounts.access import needs, require
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from ..models import Proposal

SEES = needs(Permission.MATCH_VIEW)
EDITS = needs(Permission.MATCH_EDIT)
DECIDES = needs(Permission.COHORT_DECIDE)


def cohort_for(request, pk, permission: Permission = Permission.MATCH_VIEW) -> Cohort:
    """404 for a stranger's cohort, 403 where the right is missing."""
    cohorts = Cohort.objects.visible_to(request.user).select_related("studio__district", "rules")
    cohort = get_object_or_404(cohorts, pk=pk)
    require(request.user, permission, cohort.studio)
    return cohort


def proposal_for(request, pk, permission: Permission = Permission.MATCH_VIEW) -> Proposal:
    rows = Proposal.objects.visible_to(request.user).select_related("cohort__studio", "made_by", "published_by")
    proposal = get_object_or_404(rows, pk=pk)
    require(request.user, permission, proposal.studio_id)
    return proposal


def address_of(proposal: Proposal, **query) -> str:
    """The workbench, with the picked mentee in view."""
    kept = {name: value for name, value in query.items() if value}
    tail = f"?{urlencode(kept)}" if kept else ""
    return reverse("matching:proposal", args=[proposal.pk]) + tail + ("#pick" if query.get("pick") else "")


def answer(request, form, act, *, said: str, to: str, refused_to: str | None = None):
    """Runs one action on a valid small form and goes back to the page, with a word of what happened."""
    if not form.is_valid():
        messages.error(request, _("没有收到完整的内容，请再选一次。"))
        return redirect(to)
    try:
        act(form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(refused_to or to)
    messages.success(request, said)
    return redirect(to)
