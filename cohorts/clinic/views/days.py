"""会诊日: the list, one day with its cases, putting them on and taking them off, and the paper for the table."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.clinic.access import EDITORS, READERS, case_for
from cohorts.clinic.actions.days import put_on_day, take_off_day
from cohorts.clinic.queries.days import cases_on, days_of, days_seen, is_past, to_add, with_mentors
from cohorts.clinic.queries.sheets import near_to
from cohorts.training.models import Session
from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_404
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of

PER_PAGE = 30
PAPER_LINES = 4  # to write on, for each case


def day_for(user, pk) -> Session:
    return get_object_or_404(days_seen(user).for_lists(), pk=pk)


@page(READERS)
def days(request):
    """Those to come, the next one first; ?when=past those that were, the last one first."""
    past = request.GET.get("when") == "past"
    rows = days_of(request.user, request.studio).order_by("date", "starts_at", "pk")
    today = request.studio.today() if request.studio else None
    if today:
        rows = rows.filter(last_date__lt=today).order_by("-date", "-pk") if past else rows.filter(last_date__gte=today)
    shown = page_of(request, rows, PER_PAGE)
    count = shown.paginator.count
    context = {
        "page": shown, "past": past, "may_plan": plans(request),
        "count_text": ngettext("%(n)s次", "%(n)s次", count) % {"n": count},
    }  # fmt: skip
    return render(request, "clinic/days.html", context)


def plans(request) -> bool:
    return bool(request.studio) and request.user.can(Permission.TRAINING_EDIT, request.studio)


@page(READERS)
def day(request, pk):
    row = day_for(request.user, pk)
    cases, others = cases_on(row, request.user)
    past = is_past(row, row.studio.today())
    changes = request.user.can(Permission.CLINIC_EDIT, row.studio_id) and not past and not row.is_cancelled
    context = {
        "day": row, "cases": cases, "others": others, "past": past, "changes": changes,
        "near": near_to(request.user, row.studio, cases),
        "waiting": to_add(row, request.user) if changes else [],
    }  # fmt: skip
    return render(request, "clinic/day.html", context)


@page(READERS)
def day_paper(request, pk):
    """A4 for the table: title and situation of what the reader may see; of a sensitive case the number alone. Who is asked
    stands on the paper of those who read the whole clinic."""
    row = day_for(request.user, pk)
    cases, others = cases_on(row, request.user)
    names = request.user.can(Permission.CLINIC_VIEW, row.studio_id)
    context = {
        "day": row, "cases": with_mentors(cases) if names else cases, "others": others, "names": names,
        "near": near_to(request.user, row.studio, cases),
        "lines": range(PAPER_LINES), "back_url": reverse("clinic:day", args=[pk]),
    }  # fmt: skip
    return render(request, "clinic/day_paper.html", context)


@page(EDITORS)
@require_POST
def put(request, pk):
    return moved(request, pk, put_on_day, _("排进去了，提交人和会诊的大梁都会收到通知。"), named=True)


@page(EDITORS)
@require_POST
def take(request, pk):
    return moved(request, pk, take_off_day, _("移出来了，提交人和会诊的大梁都会收到通知。"))


def moved(request, pk, act, said: str, *, named: bool = False):
    """One case, by its id in the form, onto this day or off it."""
    row = day_for(request.user, pk)
    require(request.user, Permission.CLINIC_EDIT, row.studio_id)
    case = case_for(request.user, uuid_or_404(request.POST.get("case", "")), Permission.CLINIC_EDIT)
    if not named and case.session_id != row.pk:
        raise Http404
    try:
        act(by=request.user, case=case, **({"session": row} if named else {}))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    return redirect("clinic:day", pk)
