"""The workbench of one proposal: see the whole, pick a pair, change it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.models import Mentee, Mentor
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission

from .. import actions
from ..forms import MoveForm, PinForm, ResolveForm, SwapForm, VersionForm
from ..models import Proposal, Step
from ..queries import frozen_of, workbench_of
from ..queries.workbench import BEAMS_A_PAGE
from ..words import step_words
from .common import EDITS, SEES, address_of, answer, proposal_for


@page(SEES)
def proposal(request, pk):
    row = proposal_for(request, pk)
    if not row.is_draft:
        return frozen(request, row)
    bench = workbench_of(row)
    mutual, mutual_count = bench.mutual()
    step = Step.objects.filter(proposal=row).order_by("-number").first()
    return render(
        request,
        "matching/workbench.html",
        common_context(request, row, bench.beams)
        | {
            "bench": bench,
            "picked": bench.picked(request.GET.get("pick"), request.GET.get("to")),
            "mutual": mutual,
            "mutual_more": mutual_count - len(mutual),
            "last_step": step and step_words(step.kind),
            "may_edit": row.cohort.is_open_to_selection and request.user.can(Permission.MATCH_EDIT, row.studio_id),
            "may_publish": request.user.can(Permission.COHORT_DECIDE, row.studio_id),
            "resolve_form": ResolveForm(initial={"version": row.version}),
        },
    )


def frozen(request, row: Proposal):
    kept = frozen_of(row)
    context = common_context(request, row, kept.beams)
    context |= {
        "kept": kept,
        "picked": kept.picked(request.GET.get("pick")),
        "may_edit": row.cohort.is_open_to_selection and request.user.can(Permission.MATCH_EDIT, row.studio_id),
    }
    return render(request, "matching/frozen.html", context)


def common_context(request, row: Proposal, beams: list) -> dict:
    beams_page = Paginator(beams, BEAMS_A_PAGE).get_page(request.GET.get("page"))
    return {"proposal": row, "cohort": row.cohort, "page": beams_page, "picked_id": request.GET.get("pick", "")}


def member_of(model, proposal: Proposal, pk):
    return get_object_or_404(model.objects.select_related("secretary"), cohort=proposal.cohort_id, pk=pk)


def back_to(request, proposal: Proposal, pick="", to="") -> str:
    return address_of(proposal, pick=pick, to=to, page=request.POST.get("page", ""))


@page(EDITS)
@require_POST
def move(request, pk):
    """To another mentor, from the shelf to a mentor, or (no mentor given) back to the shelf."""
    row = proposal_for(request, pk, Permission.MATCH_EDIT)
    form = MoveForm(request.POST)
    pick, to = request.POST.get("mentee", ""), request.POST.get("mentor", "")

    def act(data):
        chosen = {"mentee": member_of(Mentee, row, data["mentee"])}
        if data["mentor"] is None:
            return actions.unplace(by=request.user, proposal=row, version=data["version"], **chosen)
        chosen["mentor"] = member_of(Mentor, row, data["mentor"])
        return actions.move(by=request.user, proposal=row, version=data["version"], **chosen)

    said = _("动好了，可以撤销。") if to else _("已取下，放在未安排里。")
    return answer(
        request, form, act, said=said, to=back_to(request, row, pick), refused_to=back_to(request, row, pick, to)
    )


@page(EDITS)
@require_POST
def swap(request, pk):
    row = proposal_for(request, pk, Permission.MATCH_EDIT)

    def act(data):
        mentee, other = member_of(Mentee, row, data["mentee"]), member_of(Mentee, row, data["other"])
        return actions.swap(by=request.user, proposal=row, version=data["version"], mentee=mentee, other=other)

    to = back_to(request, row, request.POST.get("mentee", ""))
    return answer(request, SwapForm(request.POST), act, said=_("对调好了，可以撤销。"), to=to)


@page(EDITS)
@require_POST
def pin(request, pk):
    """Holds the pair where it is, or lets it go."""
    row = proposal_for(request, pk, Permission.MATCH_EDIT)

    def act(data):
        return actions.pin(by=request.user, proposal=row, **data | {"mentee": member_of(Mentee, row, data["mentee"])})

    said = _("已锁定，重新配对时不动这一对。") if request.POST.get("pinned") else _("已解锁。")
    to = back_to(request, row, request.POST.get("mentee", ""))
    return answer(request, PinForm(request.POST), act, said=said, to=to)


@page(EDITS)
@require_POST
def undo(request, pk):
    row = proposal_for(request, pk, Permission.MATCH_EDIT)
    return answer(
        request,
        VersionForm(request.POST),
        lambda data: actions.undo(by=request.user, proposal=row, **data),
        said=_("上一步已撤销。"),
        to=back_to(request, row, request.POST.get("pick", "")),
    )


@page(EDITS)
@require_POST
def resolve(request, pk):
    """Solves again around the pins; with a limit, at most so many pairs change."""
    row = proposal_for(request, pk, Permission.MATCH_EDIT)
    return answer(
        request,
        ResolveForm(request.POST),
        lambda data: actions.resolve_again(by=request.user, proposal=row, **data),
        said=_("已重新配对，锁定的没有动，不满意可以撤销。"),
        to=back_to(request, row),
    )
