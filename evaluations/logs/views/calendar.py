from django.shortcuts import render
from django.utils.translation import ngettext

from evaluations.logs.access import READERS
from evaluations.logs.queries.calendar import months_of
from mentorship.accounts.access import page

from .logs import filtered


@page(READERS)
def calendar(request):
    """The logs that the list would show, by day."""
    found = filtered(request)
    months = months_of(found.qs, request.studio.today()) if request.studio else []
    total = sum(month.logs for month in months)
    return render(
        request,
        "logs/log_calendar.html",
        {
            "filter": found,
            "months": months,
            "filtered": any(request.GET.get(name) for name in found.filters),
            "count_text": ngettext("%(n)s篇", "%(n)s篇", total) % {"n": total},
        },
    )
