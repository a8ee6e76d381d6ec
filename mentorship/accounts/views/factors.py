"""Setting up and giving up one's second factor; and taking it off another who has lost theirs."""

from django.contrib import messages
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentorship.accounts import actions, codes, passkeys, sessions
from mentorship.accounts.access import OWN_HANDS, OWN_KEYS, StepUp, half_in, needs, page
from mentorship.accounts.forms import AuthenticatorForm, PasskeyForm
from mentorship.accounts.permissions import Permission
from mentorship.accounts.throttle import remember_phone
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.qr import qr_of_text

from .people import managed_person

SECRET = "new_authenticator"  # noqa: S105 - in the session, sealed: what the phone is taking in  # nosec B105


def owner_of(request):
    """Whoever is here, wholly or half; None where someone half in has a second factor already and must show it first."""
    half = half_in(request)
    return None if half and half.has_second_factor else half or request.user


@never_cache
@page(OWN_KEYS)
def second_factor(request):
    person = owner_of(request)
    if person is None:
        return redirect("accounts:code")
    context = {
        "person": person,
        "authenticator": getattr(person, "authenticator", None),
        "passkeys": list(person.passkeys.all()),
        "codes_left": person.recovery_codes.filter(used_at=None).count(),
        "takes_passkeys": passkeys.site_of(request).takes_passkeys,
        "half": half_in(request) is not None,
    }
    return render(request, "accounts/second_factor.html", context)


@never_cache
@page(OWN_KEYS, step_up=StepUp.KEYS)
def set_authenticator(request):
    """Shows a secret as a QR code and in letters, until a code proves that the phone has taken it in."""
    person = owner_of(request)
    if person is None:
        return redirect("accounts:code")
    form = AuthenticatorForm(request.POST or None)
    secret = codes.unseal(request.session.get(SECRET, "")) or codes.new_secret()
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_authenticator(by=person, secret=secret, code=form.cleaned_data["code"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            request.session.pop(SECRET, None)
            return has_set_up(request, person, _("验证器设好了。"))
    request.session[SECRET] = codes.seal(secret)
    address = codes.enrolment_address(secret, account=person.username, issuer=issuer())
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    context = {"form": form, "qr": qr_of_text(address), "secret": " ".join(groups)}
    return render(request, "accounts/set_authenticator.html", context)


def issuer() -> str:
    return str(_("大梁带小梁"))


def has_set_up(request, person, said: str):
    """This session has shown what it just made; and the first time there are codes for a rainy day."""
    was_half = half_in(request) is not None
    request.session.cycle_key()
    sessions.note_look(request.session, second_factor=True)
    messages.success(request, said)
    if was_half:
        rotate_token(request)
        request.user, request.half_in = person, None
    response = redirect("accounts:second_factor")
    if not person.recovery_codes.exists():
        response = told_codes(request, actions.renew_recovery_codes(by=person))
    if was_half:
        remember_phone(request, response, person)
    return response


def told_codes(request, fresh: list[str]):
    return render(request, "accounts/recovery_codes.html", {"codes": fresh, "person": request.user})


@never_cache
@page(OWN_KEYS, step_up=StepUp.KEYS)
def add_passkey(request):
    person, site = owner_of(request), passkeys.site_of(request)
    if person is None:
        return redirect("accounts:code")
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        challenge = request.session.pop(sessions.CHALLENGE, "")
        try:
            actions.add_passkey(
                by=person,
                name=form.cleaned_data["name"],
                answer=request.POST.get("passkey", ""),
                challenge=challenge,
                site=site,
            )
            return has_set_up(request, person, _("通行密钥登记好了。"))
        except Refused as refused:
            add_refusal(form, refused)
    question = passkeys.question_to_make(
        site,
        user_id=person.pk.bytes,
        account=person.username,
        name=str(person),
        issuer=issuer(),
        known=list(person.passkeys.values_list("credential", flat=True)),
    )
    request.session[sessions.CHALLENGE] = question["challenge"]
    context = {"form": form, "question": question, "takes_passkeys": site.takes_passkeys}
    return render(request, "accounts/add_passkey.html", context)


@page(OWN_HANDS)
def rename_passkey(request, pk):
    passkey = get_object_or_404(request.user.passkeys, pk=pk)
    form = PasskeyForm(request.POST or None, initial={"name": passkey.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_passkey(by=request.user, passkey=passkey, name=form.cleaned_data["name"])
        messages.success(request, _("改好了。"))
        return redirect("accounts:second_factor")
    return render(request, "accounts/rename_passkey.html", {"form": form, "passkey": passkey})


@require_POST
@page(OWN_HANDS, step_up=StepUp.KEYS)
def remove_passkey(request, pk):
    passkey = get_object_or_404(request.user.passkeys, pk=pk)
    return given_up(request, _("通行密钥去掉了。"), actions.remove_passkey, passkey=passkey)


@require_POST
@page(OWN_HANDS, step_up=StepUp.KEYS)
def remove_authenticator(request):
    return given_up(request, _("验证器去掉了。"), actions.remove_authenticator)


def given_up(request, said: str, act, **facts):
    try:
        act(by=request.user, **facts)
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("accounts:second_factor")


@require_POST
@never_cache
@page(OWN_HANDS, step_up=StepUp.KEYS)
def recovery_codes(request):
    """Ten new ones, in this one answer and nowhere else."""
    try:
        return told_codes(request, actions.renew_recovery_codes(by=request.user))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("accounts:second_factor")


@require_POST
@page(needs(Permission.ACCOUNT_EDIT), step_up=StepUp.KEYS)
def clear_second_factor(request, pk):
    person = managed_person(request, pk)
    actions.clear_second_factor(by=request.user, user=person)
    messages.success(request, _("%(name)s的第二道验证去掉了，请本人重新登录。") % {"name": person})
    return redirect(reverse("accounts:account", args=[pk]))
