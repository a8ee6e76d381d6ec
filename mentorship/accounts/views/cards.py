"""The sign-in card: printed by an officer, shown to a phone's camera by its owner."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.accounts import actions
from mentorship.accounts.access import PUBLIC, StepUp, may_manage, needs, page, require
from mentorship.accounts.forms import CardForm
from mentorship.accounts.models import SignInCard
from mentorship.accounts.permissions import Permission
from mentorship.accounts.sessions import BY_CARD, has_to_show_more, note_beginning
from mentorship.accounts.throttle import remember_phone
from mentorship.common.errors import Refused
from mentorship.common.qr import qr_of

from .people import managed_person


@page(needs(Permission.ACCOUNT_EDIT))
def card(request, pk):
    """The state of a person's card, and the button that prints a new one."""
    person = managed_person(request, pk)
    cards = person.cards.filter(studio__in=request.user.studios_with(Permission.ACCOUNT_VIEW))
    return render(request, "accounts/card_state.html", {"person": person, "cards": cards.select_related("issued_by")})


@require_POST
@page(needs(Permission.ACCOUNT_EDIT), step_up=StepUp.ACT)
def card_issue(request, pk):
    """Answers with the sheet itself: the secret stands in it and nowhere else."""
    person = managed_person(request, pk)
    try:
        new, secret = actions.issue_card(by=request.user, user=person, studio=request.studio)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("accounts:account", pk)
    context = {
        "person": person,
        "studio": request.studio,
        "card": new,
        "officer_phone": request.user.phone or request.studio.phone,
        "qr": qr_of(reverse("accounts:card_sign_in", args=[secret])),
        "back_url": reverse("accounts:account", args=[pk]),
    }
    return render(request, "accounts/card.html", context)


@require_POST
@page(needs(Permission.ACCOUNT_EDIT))
def card_revoke(request, pk):
    found = get_object_or_404(SignInCard.objects.visible_to(request.user).select_related("user"), pk=pk)
    require(request.user, Permission.ACCOUNT_EDIT, found.studio)
    if not may_manage(request.user, found.user):
        raise PermissionDenied
    actions.revoke_card(by=request.user, card=found)
    messages.success(request, _("登录卡已收回，用它打开的手机也退出了。"))
    return redirect("accounts:account", found.user_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page(PUBLIC)
def card_sign_in(request, token):
    """Asks first, then signs in: a link that is only looked at changes nothing."""
    found = actions.fresh_card(token)
    if found is None:
        return render(request, "accounts/card_unusable.html", status=404)
    asks = bool(found.user.phone)
    form = CardForm(request.POST or None) if asks else None
    if request.method == "POST" and (form is None or form.is_valid()):
        digits = form.cleaned_data["last_digits"] if form else ""
        if actions.sign_in_by_card(card=found, last_digits=digits):
            return opened(request, found)
        if actions.fresh_card(token) is None:
            return render(request, "accounts/card_unusable.html", status=404)
        form.add_error("last_digits", _("和留的手机号对不上，请再看看。"))
    return render(request, "accounts/card_sign_in.html", {"card": found, "form": form})


def opened(request, found):
    """The card stands for the password. Those who have a second factor show it as well."""
    start_session(request, found.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_beginning(request.session)
    request.session[BY_CARD] = str(found.pk)
    request.session.set_expiry(settings.TRUSTED_PHONE_SECONDS)
    if has_to_show_more(found.user, request.session):
        return redirect("accounts:code")
    response = redirect("dashboards:home")
    remember_phone(request, response, found.user)
    return response
