"""The second look before publishing, and the seal."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.choices import Stage
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal

from .. import actions
from ..forms import PublishForm
from ..queries import workbench_of
from .common import DECIDES, address_of, proposal_for

LOW_SHOWN = 8


@page(DECIDES)
def publish(request, pk):
    """GET says exactly what will happen; POST does it, with the version that was shown."""
    row = proposal_for(request, pk, Permission.COHORT_DECIDE)
    if not row.is_draft:
        messages.error(request, _("这一稿不是草稿，不能发布。"))
        return redirect(address_of(row))
    initial = {"version": row.version, "starts": actions.first_day(row.cohort)}
    form = PublishForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(by=request.user, proposal=row, **form.cleaned_data)
        except actions.Stale as stale:
            messages.error(request, stale.message)
            return redirect("matching:publish", pk=row.pk)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("结对已发布，师徒都会收到通知。"))
            return redirect(address_of(row))
    return render(request, "matching/publish.html", publish_context(row, form))


def publish_context(row, form) -> dict:
    bench = workbench_of(row)
    beams = [beam for beam in bench.beams if beam.tablets]
    low = [bench.tablet(number) for number in bench.standing.low(bench.low_line)]
    wrong_stage = row.cohort.stage != Stage.PAIRING
    people = [person.secretary for person in (*bench.facts.mentors, *bench.facts.mentees)]
    return {
        "proposal": row,
        "cohort": row.cohort,
        "form": form,
        "bench": bench,
        "mentors": len(beams),
        "pairs": bench.standing.placed,
        "low": sorted(low, key=lambda tablet: tablet.score or 0)[:LOW_SHOWN],
        "low_more": len(low) - LOW_SHOWN,
        "mutual_count": bench.mutual()[1],
        "no_account": sum(secretary.user_id is None for secretary in people),
        "other_drafts": row.cohort.proposals.filter(status=row.status).exclude(pk=row.pk).count(),
        "wrong_stage": wrong_stage,
        "blocked": wrong_stage or bool(bench.faults) or bench.may_place_more or not bench.standing.placed,
    }
