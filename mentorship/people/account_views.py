"""Opening an account from the register. An officer may open one for a mentor or a mentee, and for no office."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.access import needs, page, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import MENTEE_ROLES, MENTOR_ROLES
from mentorship.accounts.roles import Role
from mentorship.common.errors import Refused
from mentorship.common.forms import StudioFormMixin

from .accounts import open_account_for, suggested_username
from .models import Secretary


class OpenAccountForm(StudioFormMixin, forms.ModelForm):
    role = forms.ChoiceField(
        label=_("角色"),
        choices=[(role, Role(role).label) for role in [*MENTOR_ROLES, *MENTEE_ROLES]],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ["username"]


@page(needs(Permission.ACCOUNT_EDIT))
def open_account(request, pk):
    secretary = get_object_or_404(Secretary.objects.visible_to(request.user).select_related("studio"), pk=pk)
    require(request.user, Permission.ACCOUNT_EDIT, secretary.studio)
    if request.user.is_represented:
        raise PermissionDenied
    if secretary.user_id:
        return redirect("accounts:account", secretary.user_id)
    role = MENTOR_ROLES[0] if secretary.is_veteran else MENTEE_ROLES[0]
    initial = {"username": suggested_username(secretary.name), "role": role}
    form = OpenAccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            user, secret = open_account_for(by=request.user, secretary=secretary, **form.cleaned_data)
            return render(request, "accounts/told_once.html", {"person": user, "secret": secret})
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return render(request, "accounts/open_account.html", {"form": form, "secretary": secretary})
