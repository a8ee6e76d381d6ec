"""Who can sign in to the studio: the list, one account, its roles and its password."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.accounts import actions
from mentorship.accounts.access import OWN_HANDS, StepUp, may_manage, needs, office_permissions, page, require
from mentorship.accounts.filters import AccountFilter
from mentorship.accounts.forms import AccountForm, AssistantForm, PersonForm, RoleForm
from mentorship.accounts.models import Assistant, RoleGrant, SignInCard, User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import may_act_for
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.common.versions import acted


def in_studio(request, permission: Permission) -> None:
    """Stops unless the reader works in a studio now and holds the permission there."""
    if request.studio is None:
        raise Http404
    require(request.user, permission, request.studio)


@page(needs(Permission.ACCOUNT_VIEW))
def accounts(request):
    in_studio(request, Permission.ACCOUNT_VIEW)
    held = RoleGrant.objects.current().filter(studio=request.studio).select_related("subdistrict")
    people = (
        User.objects.visible_to(request.user)
        .filter(pk__in=RoleGrant.objects.filter(studio=request.studio).values("user"))
        .prefetch_related(
            Prefetch("role_grants", held, to_attr="roles_here"),
            Prefetch("cards", SignInCard.objects.usable(), to_attr="live_cards"),
        )
        .order_by("name", "username")
    )
    chosen = AccountFilter(request.GET, people, studio=request.studio)
    shown = page_of(request, chosen.qs, per_page=50)
    total = shown.paginator.count
    context = {
        "filter": chosen,
        "page": shown,
        "count_text": ngettext("%(n)s个账号", "%(n)s个账号", total) % {"n": total},
        "may_open": request.user.can(Permission.ROLE_GRANT, request.studio),
        "may_erase": request.user.can(Permission.PERSON_ERASE, request.studio),
    }
    return render(request, "accounts/accounts.html", context)


@page(needs(Permission.ACCOUNT_VIEW))
def account(request, pk, *, role_form=None, assistant_form=None):
    in_studio(request, Permission.ACCOUNT_VIEW)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    may_edit = request.user.can(Permission.ACCOUNT_EDIT, request.studio)
    may_grant = request.user.can(Permission.ROLE_GRANT, request.studio) and person.pk != request.user.pk
    held = person.role_grants.filter(studio=request.studio).select_related("subdistrict", "granted_by")
    context = {
        "person": person,
        "grants": held.current(),
        "past_grants": held.exclude(revoked_at=None),
        "card": SignInCard.objects.usable().filter(user=person).select_related("issued_by").first(),
        "assistants": Assistant.objects.current()
        .filter(principal=person, studio=request.studio)
        .select_related("helper"),
        "may_manage": may_edit and may_manage(request.user, person),
        "may_erase": request.user.can(Permission.PERSON_ERASE, request.studio) and request.user != person,
        "may_grant": may_grant,
        "may_act": may_act_for(request.user, person),
        "role_form": role_form or (RoleForm(by=request.user, studio=request.studio) if may_grant else None),
        "assistant_form": assistant_form or AssistantForm(studio=request.studio),
    }
    return render(request, "accounts/account.html", context)


def managed_person(request, pk) -> User:
    """The person whose keys the reader may hold, else 404 or 403."""
    in_studio(request, Permission.ACCOUNT_EDIT)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not may_manage(request.user, person):
        raise PermissionDenied
    return person


@page(needs(Permission.ACCOUNT_EDIT))
def edit_account(request, pk):
    person = managed_person(request, pk)
    form = PersonForm(request.POST or None, instance=person)
    if (
        request.method == "POST"
        and form.is_valid()
        and acted(
            form, actions.change_account, by=request.user, user=person, studio=request.studio, **form.cleaned_data
        )
    ):
        messages.success(request, _("改好了。"))
        return redirect("accounts:account", pk)
    return render(request, "accounts/edit_account.html", {"form": form, "person": person})


@page(needs(Permission.ROLE_GRANT), step_up=StepUp.ACT)
def new_account(request):
    """An account for someone who is not on the register: a liaison, a reviewer, an officer, a leader."""
    in_studio(request, Permission.ROLE_GRANT)
    form = AccountForm(request.POST or None)
    role_form = RoleForm(request.POST or None, by=request.user, studio=request.studio)
    if request.method == "POST" and form.is_valid() and role_form.is_valid():
        try:
            user, secret = actions.open_account_with_role(
                by=request.user, studio=request.studio, **form.cleaned_data, **role_form.cleaned_data
            )
        except Refused as refused:
            target = role_form if refused.field in role_form.fields else form
            target.add_error(refused.field, refused.message)
        else:
            return told_once(request, user, secret)
    return render(request, "accounts/new_account.html", {"form": form, "role_form": role_form})


def told_once(request, person, secret):
    """The temporary password, in this one answer and nowhere else."""
    return render(request, "accounts/told_once.html", {"person": person, "secret": secret})


@require_POST
@page(needs(Permission.ROLE_GRANT), step_up=StepUp.ACT)
def grant_role(request, pk):
    in_studio(request, Permission.ROLE_GRANT)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = RoleForm(request.POST, by=request.user, studio=request.studio)
    if form.is_valid():
        try:
            actions.grant_role(by=request.user, user=person, studio=request.studio, **form.cleaned_data)
            messages.success(request, _("已授予，对方重新登录以后就能用。"))
            return redirect("accounts:account", pk)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return account(request, pk, role_form=form)


@require_POST
@page(needs(Permission.ROLE_GRANT), step_up=StepUp.ACT)
def revoke_role(request, pk):
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user).select_related("user"), pk=pk)
    require(request.user, Permission.ROLE_GRANT, grant.studio)
    for permission in office_permissions(grant.role):
        require(request.user, permission, grant.studio)
    try:
        actions.revoke_role(by=request.user, grant=grant)
        messages.success(request, _("角色已结束，马上生效。"))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("accounts:account", grant.user_id)


@require_POST
@page(needs(Permission.ACCOUNT_EDIT), step_up=StepUp.ACT)
def deactivate(request, pk):
    person = managed_person(request, pk)
    actions.deactivate(by=request.user, user=person, studio=request.studio)
    messages.success(request, _("%(name)s的账号已停用。") % {"name": person})
    return redirect("accounts:account", pk)


@require_POST
@page(needs(Permission.ACCOUNT_EDIT), step_up=StepUp.ACT)
def reactivate(request, pk):
    person = managed_person(request, pk)
    actions.reactivate(by=request.user, user=person, studio=request.studio)
    messages.success(request, _("%(name)s的账号已恢复。") % {"name": person})
    return redirect("accounts:account", pk)


@require_POST
@page(needs(Permission.ACCOUNT_EDIT), step_up=StepUp.ACT)
def reset_password(request, pk):
    person = managed_person(request, pk)
    return told_once(request, person, actions.reset_password(by=request.user, user=person, studio=request.studio))


@require_POST
@page(OWN_HANDS)
def name_assistant(request, pk):
    """By the mentor, or by an officer for them."""
    person = request.user if request.user.pk == pk else managed_person(request, pk)
    if not person.can(Permission.MENTOR_HOME, request.studio) or person.is_operator:
        raise PermissionDenied
    form = AssistantForm(request.POST, studio=request.studio)
    if form.is_valid():
        try:
            helper = form.cleaned_data["helper"]
            actions.name_assistant(by=request.user, principal=person, helper=helper, studio=request.studio)
            messages.success(request, _("%(name)s现在可以协助录入。") % {"name": helper})
        except Refused as refused:
            messages.error(request, refused.message)
    else:
        messages.error(request, form.errors["helper"][0])
    return redirect("accounts:me") if person.pk == request.user.pk else redirect("accounts:account", pk)


@require_POST
@page(OWN_HANDS)
def end_assistant(request, pk):
    user = request.user
    mine = Assistant.objects.filter(principal=user)
    assistant = get_object_or_404(mine | Assistant.objects.visible_to(user), pk=pk)
    if assistant.principal_id != user.pk:
        require(user, Permission.ACCOUNT_EDIT, assistant.studio)
    actions.end_assistant(by=user, assistant=assistant)
    messages.success(request, _("协助录入已结束。"))
    if assistant.principal_id == user.pk:
        return redirect("accounts:me")
    return redirect("accounts:account", assistant.principal_id)
