from django.shortcuts import render

from cohorts.training.access import READERS
from cohorts.training.queries import bases_of
from mentorship.accounts.access import page

from .common import may_edit


@page(READERS)
def bases(request):
    """Every base of the studio: what it is good at, how to get there, when it is free."""
    cards = bases_of(request.studio, request.studio.today()) if request.studio else []
    return render(request, "training/bases.html", {"cards": cards, "may_edit": may_edit(request)})
