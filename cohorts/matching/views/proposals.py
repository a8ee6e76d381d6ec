"""The proposals of a cohort: the list, new ones, comparing them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from .. import actions
from ..forms import ProposeForm, VersionForm
from ..models import Proposal
from ..queries import comparison_of, figures_of
from .common import EDITS, SEES, address_of, answer, cohort_for, proposal_for

MOST_COMPARED = 4


@page(SEES)
def proposals(request, pk):
    cohort = cohort_for(request, pk)
    rows = figures_of(cohort, Proposal.objects.visible_to(request.user).filter(cohort=cohort))
    return render(
        request,
        "matching/proposals.html",
        {
            "cohort": cohort,
            "rows": rows,
            "published": next((row.proposal for row in rows if row.proposal.published_at), None),
            "may_edit": cohort.is_open_to_selection and request.user.can(Permission.MATCH_EDIT, cohort.studio),
            "form": ProposeForm(),
        },
    )


@page(EDITS)
@require_POST
def propose(request, pk):
    cohort = cohort_for(request, pk, Permission.MATCH_EDIT)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("种子要填一个不小于0的整数。"))
        return redirect("matching:proposals", pk=cohort.pk)
    try:
        made = actions.propose(by=request.user, cohort=cohort, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("matching:proposals", pk=cohort.pk)
    messages.success(request, _("%(proposal)s做好了，还没有通知任何人。") % {"proposal": made})
    return redirect(address_of(made))


@page(SEES)
def compare(request, pk):
    """Up to four proposals side by side: those ticked (?p=…), else the newest four."""
    cohort = cohort_for(request, pk)
    rows = list(Proposal.objects.visible_to(request.user).filter(cohort=cohort))
    ticked = [row for row in rows if str(row.pk) in request.GET.getlist("p")]
    chosen = sorted((ticked or rows)[:MOST_COMPARED], key=lambda row: row.number)
    comparison = comparison_of(cohort, chosen)
    context = {"cohort": cohort, "all": rows, "chosen": {row.pk for row in chosen}, "comparison": comparison}
    return render(request, "matching/compare.html", context)


@page(EDITS)
@require_POST
def copy(request, pk):
    proposal = proposal_for(request, pk, Permission.MATCH_EDIT)
    try:
        made = actions.copy(by=request.user, proposal=proposal)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(address_of(proposal))
    messages.success(request, _("已另存为%(proposal)s，下面改的是新的一稿。") % {"proposal": made})
    return redirect(address_of(made))


@page(EDITS)
@require_POST
def set_aside(request, pk):
    proposal = proposal_for(request, pk, Permission.MATCH_EDIT)
    return answer(
        request,
        VersionForm(request.POST),
        lambda data: actions.set_aside(by=request.user, proposal=proposal, **data),
        said=_("%(proposal)s已搁置，还可以看，也可以另存一稿。") % {"proposal": proposal},
        to=address_of(proposal),
    )
