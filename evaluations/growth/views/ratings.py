import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.views.common import sent
from evaluations.growth import actions
from evaluations.growth.access import RATERS, READERS, is_own, may_rate, mentee_for, mentee_to_rate, rating_for
from evaluations.growth.forms import RateForm
from evaluations.growth.models import GapPlan
from evaluations.growth.queries.evidence import cases_for, shown_to
from evaluations.growth.queries.progress import history_of, indicator_rows, progress_of
from evaluations.growth.queries.standing import indicators_of, standing_ratings
from evaluations.logs.models import TeachingLog
from evaluations.visits.models import Visit
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.documents import TYPES, ending_of
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.private_files import private_response


@page(READERS)
def growth(request, pk):
    mentee = mentee_for(request.user, pk)
    today = mentee.cohort.studio.today()
    indicators = indicators_of(mentee)
    return render(
        request,
        "growth/growth.html",
        {
            "mentee": mentee,
            "progress": progress_of(mentee, today, indicators),
            "subjects": indicator_rows(mentee, today, request.user, indicators),
            "plans": GapPlan.objects.filter(mentee=mentee),
            "may_rate": may_rate(request.user, mentee),
            "own": is_own(request.user, mentee),
        },
    )


@page(READERS)
def history(request, pk):
    mentee = mentee_for(request.user, pk)
    hands = (request.user.acting_user or request.user).pk
    rows = [(*row, row[0].rated_by_id == hands and row[0].may_be_undone) for row in history_of(mentee, request.user)]
    return render(request, "growth/history.html", {"mentee": mentee, "rows": rows})


@page(RATERS)
def rate(request, pk):
    mentee = mentee_to_rate(request.user, pk)
    log = log_asked_for(request, mentee)
    today = mentee.cohort.studio.today()
    form = RateForm(
        sent(request),
        request.FILES or None,
        indicators=indicators_of(mentee),
        standing=standing_ratings(mentee, today),
        log=log,
        visits=Visit.objects.visible_to(request.user).signed().filter(mentee=mentee),
        cases=cases_for(request.user, mentee),
        chooses_source=request.user.can(Permission.RATING_EDIT, mentee.studio),
        initial={"date": log.date if log else today},
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.rate_several(by=request.user, mentee=mentee, **form.facts())
        except Refused as refused:
            add_refusal(form, refused)
            if isinstance(refused, actions.Stale):  # having seen the other's rating, the reader may send again
                form.show_again(standing_ratings(mentee, today))
        else:
            count = ngettext("定了%(n)s项。", "定了%(n)s项。", len(made)) % {"n": len(made)}
            messages.success(request, count)
            return redirect("growth:growth", mentee.pk)
    about = {subject.pk for subject in log.subjects.all()} if log else set()
    return render(request, "growth/rate.html", {"mentee": mentee, "form": form, "log": log, "about": about})


def log_asked_for(request, mentee) -> TeachingLog | None:
    """The log of ?log=, one that this reader may open and that the apprentice attended; else 404."""
    asked = request.GET.get("log")
    if not asked:
        return None
    rows = TeachingLog.objects.visible_to(request.user).standing().filter(attendance__mentee=mentee)
    try:
        key = uuid.UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(rows.distinct().prefetch_related("subjects"), pk=key)


@page(READERS)
def document(request, pk):
    """A photograph is shown, a paper only downloaded."""
    rating = rating_for(request.user, pk)
    if not rating.document or shown_to(request.user, [rating]).hides(rating):
        raise Http404
    ending = ending_of(rating.document.name)
    if ending not in TYPES:
        return private_response(rating.document, content_type="image/jpeg", filename=rating.document_name)
    return private_response(
        rating.document, content_type=TYPES[ending], filename=rating.document_name, inline=False
    )  # fmt: skip


@page(RATERS)
@require_POST
def undo(request, pk):
    rating = rating_for(request.user, pk)
    if not may_rate(request.user, rating.mentee):
        raise PermissionDenied
    try:
        actions.undo_rating(by=request.user, rating=rating)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("撤回了，记录还留着。"))
    return redirect("growth:history", rating.mentee_id)
