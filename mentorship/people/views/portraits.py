from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.private_files import private_response

from .. import actions
from ..access import EDITORS, ONESELF_TOO, secretary_for
from ..forms import PortraitForm
from ..portraits import portrait_file


@page(ONESELF_TOO)
def portrait(request, pk):
    person = secretary_for(request.user, pk)
    file = portrait_file(person, small="small" in request.GET)
    if not file:
        raise Http404
    return private_response(file, content_type="image/jpeg", filename=f"{person.name}.jpg")


@page(EDITORS)
def portrait_edit(request, pk):
    person = secretary_for(request.user, pk, Permission.REGISTER_EDIT)
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_portrait(by=request.user, secretary=person, **form.pictures())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("%(name)s的照片放好了。") % {"name": person})
            return redirect("people:secretary", person.pk)
    return render(request, "people/portrait.html", {"form": form, "person": person})


@page(EDITORS)
def portrait_delete(request, pk):
    person = secretary_for(request.user, pk, Permission.REGISTER_EDIT)
    if request.method == "POST":
        actions.remove_portrait(by=request.user, secretary=person)
        messages.success(request, _("照片撤下了。"))
        return redirect("people:secretary", person.pk)
    return render(request, "people/portrait_delete.html", {"person": person})
