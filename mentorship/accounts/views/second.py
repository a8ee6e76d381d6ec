"""The second factor at sign-in, the second look before weighty acts, and the clock of a session."""

from django.http import JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mentorship.accounts import passkeys, sessions
from mentorship.accounts.access import HALF_WAY, SIGNED_IN, half_in, page
from mentorship.accounts.actions import start_acting
from mentorship.accounts.forms import PasswordAgainForm, SecondFactorForm
from mentorship.accounts.keeping import FIELD, keep, kept_in
from mentorship.accounts.queries import principals_for
from mentorship.accounts.returning import safe_next
from mentorship.accounts.throttle import remember_phone


@sensitive_post_parameters("code", "passkey")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page(HALF_WAY)
def code(request):
    """After the password: a code or a passkey, or, for those who have neither yet, the page where they set one up."""
    user = half_in(request)
    if user is None:
        return redirect(safe_next(request))
    if not user.has_second_factor:
        return redirect("accounts:second_factor")
    sent = request.path == reverse("accounts:code") and request.method == "POST"
    form = second_factor_form(request, user, sent=sent)
    if sent and form.is_valid():
        return let_in(request, user)
    return asked(request, "accounts/code.html", form, user)


def let_in(request, user):
    """A fresh session id, and on with what was asked for. Only now is this phone one that was here before."""
    request.session.cycle_key()
    rotate_token(request)
    sessions.note_look(request.session, second_factor=True)
    response = go_on(request, user)
    remember_phone(request, response, user)
    return response


def go_on(request, user, *, at_once: bool = False):
    """To what was interrupted, if anything was; else to where the person wanted to go."""
    kept = kept_in(request.POST.get(FIELD, ""), user)
    if kept is None or (kept.acting_for and not acts_again(request, user, kept.acting_for)):
        return redirect(safe_next(request))
    return render(request, "accounts/resend.html", {"resend": kept, "at_once": at_once and not kept.has_files})


def acts_again(request, user, principal_id: str) -> bool:
    """What was typed for a mentor goes on being typed for the mentor, if it still may."""
    principal = principals_for(user).filter(pk=principal_id).first()
    if principal is None:
        return False
    start_acting(by=user, principal=principal)
    request.session[sessions.ACTING_FOR] = str(principal.pk)
    return True


def second_factor_form(request, user, *, sent: bool):
    """Each question for a passkey is asked once: whatever is answered, the next page asks another."""
    challenge = request.session.pop(sessions.CHALLENGE, "") if sent else ""
    site = passkeys.site_of(request)
    return SecondFactorForm(request.POST if sent else None, request=request, user=user, site=site, challenge=challenge)


def asked(request, template: str, form, user, **more):
    context = {"form": form, "person": user, "kept": request.POST.get(FIELD, ""), "next": next_of(request)} | more
    site = passkeys.site_of(request)
    known = list(user.passkeys.values_list("credential", flat=True))
    if user.has_second_factor and known and site.takes_passkeys:
        question = passkeys.question_to_show(site, known=known)
        request.session[sessions.CHALLENGE] = question["challenge"]
        context["question"] = question
    return render(request, template, context)


def next_of(request) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if target and safe_next(request, "/") == target else ""


@sensitive_post_parameters("code", "passkey", "password")
@never_cache
@page(SIGNED_IN)
def step_up(request):
    """Stands in for a page that wants a fresh look, and sends on to it what was asked of it."""
    person = request.user.acting_user or request.user
    sent = request.path == reverse("accounts:step_up") and request.method == "POST"
    if person.has_second_factor:
        form = second_factor_form(request, person, sent=sent)
    else:
        form = PasswordAgainForm(request.POST if sent else None, request=request, user=person)
    if sent and form.is_valid():
        sessions.note_look(request.session, second_factor=person.has_second_factor)
        return go_on(request, request.user, at_once=True)
    interrupted = request.path != reverse("accounts:step_up")
    more = {"kept": keep(request, who=request.user.pk)} if interrupted else {}
    return asked(request, "accounts/step_up.html", form, person, **more)


@never_cache
@require_http_methods(["GET", "POST"])
@page(SIGNED_IN)
def stay(request):
    """How many seconds the session has. Asking is no step; a POST is one."""
    if request.method == "POST" and hasattr(request, "session_left"):
        sessions.note_step(request.session, at_once=True)
        request.session_left = int(sessions.seconds_left(request.user.acting_user or request.user, request.session))
    return JsonResponse({"left": getattr(request, "session_left", None)})
