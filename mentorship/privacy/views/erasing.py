"""注销: the preview of what goes and what stays, and the act itself."""

import datetime

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.access import StepUp, page
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.privacy import actions
from mentorship.privacy.access import ERASERS, account_for, leads_wherever_known, listed_for
from mentorship.privacy.erasing import plan_for
from mentorship.privacy.forms import EraseForm
from mentorship.privacy.models import Erasure
from mentorship.privacy.persons import Person, erasure_of


@page(ERASERS)
def erasures(request):
    rows = Erasure.objects.visible_to(request.user).filter(studio=request.studio).select_related("by")
    return render(request, "privacy/erasures.html", {"page": page_of(request, rows)})


@page(ERASERS, step_up=StepUp.OPEN)
def erase_secretary(request, pk):
    return erase_page(request, listed_for(request.user, pk))


@page(ERASERS, step_up=StepUp.OPEN)
def erase_account(request, pk):
    return erase_page(request, account_for(request.user, pk))


def erase_page(request, person: Person):
    form = EraseForm(request.POST or None, names=[person.row.name, person.row.name_en])
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase(by=request.user, person=person, reason=form.cleaned_data["reason"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("已经注销。保管期内的档案到期自动隐去。"))
            return redirect("privacy:erasures")
    shown = leads_wherever_known(request.user, person) and not erasure_of(person)
    context = {
        "form": form,
        "person": person,
        "against": actions.reasons_against(person, request.user),
        "plan": plan_for(person, today_of(person)) if shown else None,
    }
    return render(request, "privacy/erase.html", context)


def today_of(person: Person) -> datetime.date:
    return person.studios[0].today() if person.studios else timezone.localdate()
