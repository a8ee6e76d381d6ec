from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.versions import acted

from .. import actions
from ..access import EDITORS, ONESELF_TOO, READERS, secretary_for, subdistricts_for
from ..choices import WorkingState
from ..filters import RegisterFilter
from ..forms import LeaveForm, SecretaryForm
from ..models import Secretary


def filtered(request) -> RegisterFilter:
    """The reader's part of the register, narrowed by the address."""
    people = Secretary.objects.visible_to(request.user).filter(studio=request.studio).for_lists()
    places = subdistricts_for(request.user, request.studio)
    return RegisterFilter(request.GET, queryset=people, studio=request.studio, subdistricts=places)


@page(READERS)
def register(request):
    chosen = filtered(request)
    standing = Secretary.objects.visible_to(request.user).filter(studio=request.studio).on_register()
    figures = standing.aggregate(
        in_post=Count("pk", filter=Q(working_state=WorkingState.IN_SERVICE)),
        retired=Count("pk", filter=Q(working_state=WorkingState.RETIRED)),
        subdistricts=Count("community__subdistrict", distinct=True),
    )
    figures["young"] = standing.young(request.studio).count()
    shown = page_of(request, chosen.qs)
    found = shown.paginator.count
    context = {
        "filter": chosen,
        "page": shown,
        "figures": figures,
        "count_text": ngettext("%(n)s名", "%(n)s名", found) % {"n": found},
        "filtered": any(request.GET.get(name) for name in chosen.filters),
        "may_edit": request.user.can(Permission.REGISTER_EDIT, request.studio),
    }
    return render(request, "people/register.html", context)


@page(ONESELF_TOO)
def secretary(request, pk):
    person = secretary_for(request.user, pk)
    context = {
        "person": person,
        "may_edit": request.user.can(Permission.REGISTER_EDIT, person.studio),
        "may_erase": person.left_on and request.user.can(Permission.PERSON_ERASE, person.studio),
        "may_open": request.user.can(Permission.ACCOUNT_EDIT, person.studio) and not request.user.is_represented,
        "may_see_account": request.user.can(Permission.ACCOUNT_VIEW, person.studio),
        "may_read_register": request.user.can(Permission.REGISTER_VIEW, person.studio),
    }
    return render(request, "people/secretary.html", context)


@page(EDITORS)
def create(request):
    form = SecretaryForm(request.POST or None, studio=request.studio)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_secretary(by=request.user, studio=request.studio, **form.facts())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("%(name)s登记好了。") % {"name": person})
            return redirect("people:secretary", person.pk)
    return render(request, "people/form.html", {"form": form})


@page(EDITORS)
def edit(request, pk):
    person = secretary_for(request.user, pk, Permission.REGISTER_EDIT)
    form = SecretaryForm(request.POST or None, instance=person, studio=person.studio)
    if request.method == "POST" and form.is_valid():
        changed = acted(form, actions.change_secretary, by=request.user, secretary=person, **form.facts())
        if changed:
            messages.success(request, _("%(name)s的资料改好了。") % {"name": changed})
            return redirect("people:secretary", changed.pk)
    return render(request, "people/form.html", {"form": form, "person": secretary_for(request.user, pk)})


@page(EDITORS)
def leave(request, pk):
    person = secretary_for(request.user, pk, Permission.REGISTER_EDIT)
    form = LeaveForm(request.POST or None, initial={"left_on": person.studio.today()})
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            actions.mark_left(by=request.user, secretary=person, on=data["left_on"], reason=data["reason"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("%(name)s已离开名册，资料都留着。") % {"name": person})
            return redirect("people:secretary", person.pk)
    return render(request, "people/leave.html", {"form": form, "person": person})


@page(EDITORS)
def return_(request, pk):
    person = secretary_for(request.user, pk, Permission.REGISTER_EDIT)
    if request.method == "POST":
        try:
            actions.mark_back(by=request.user, secretary=person)
            messages.success(request, _("%(name)s回到名册了。") % {"name": person})
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect("people:secretary", person.pk)
    return render(request, "people/return.html", {"person": person})
