"""In and out by password."""

from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.accounts import sessions
from mentorship.accounts.access import LEAVING, PUBLIC, half_in, page
from mentorship.accounts.forms import SignInForm
from mentorship.accounts.keeping import FIELD, keep
from mentorship.accounts.models import User
from mentorship.accounts.returning import safe_next
from mentorship.accounts.throttle import remember_phone
from mentorship.places.models import Studio, in_language

from .second import code, go_on, next_of

DEMO_ACCOUNTS = ["organizer", "officer", "mentor", "mentee", "liaison", "leader"]
DEMO_PASSWORD = "daliang-2018"  # noqa: S105 - printed on the sign-in page of a demonstration, and only there  # nosec B105


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page(PUBLIC)
def login(request):
    """Also stands in for a page whose session is over, and keeps what was sent to it until after signing in."""
    interrupted = request.path != reverse("accounts:login")
    sent = request.method == "POST" and not interrupted
    if not sent and not interrupted:
        if half_in(request):
            return redirect(f"{reverse('accounts:code')}?{urlencode({'next': next_of(request)})}")
        if request.user.is_authenticated:
            return redirect(safe_next(request))
    form = SignInForm(request.POST if sent else None, request=request)
    if sent and form.is_valid():
        return signed_in(request, form.user, remember=form.cleaned_data["remember"])
    context = {
        "form": form,
        "next": next_of(request),
        "kept": keep(request, **getattr(request, "ended", {})) if interrupted else request.POST.get(FIELD, ""),
        "ended": request.session.pop(sessions.ENDED, False),
    }
    return render(request, "registration/login.html", context | demo_sign_ins())


def signed_in(request, user, *, remember: bool):
    """A fresh session, kept on the person's own phone, else gone with the browser."""
    start_session(request, user)
    sessions.note_beginning(request.session)
    trusted = remember and sessions.may_trust_phone(user)
    request.session.set_expiry(settings.TRUSTED_PHONE_SECONDS if trusted else 0)
    if trusted:
        request.session[sessions.TRUSTED] = True
    if sessions.has_to_show_more(user, request.session):
        return to_second_factor(request, user)
    sessions.note_look(request.session)
    response = go_on(request, user)
    remember_phone(request, response, user)
    return response


def to_second_factor(request, user):
    """The code page; with what was kept it answers here, so that nothing is lost on the way."""
    if request.POST.get(FIELD):
        request.half_in = user
        return code(request)
    return redirect(f"{reverse('accounts:code')}?{urlencode({'next': next_of(request)})}")


def demo_sign_ins() -> dict:
    """The demo's people by role, as long as they are there. Nothing of it outside a demonstration."""
    if not settings.DEMO:
        return {}
    people = User.objects.filter(username__in=DEMO_ACCOUNTS, is_active=True, is_operator=False)
    labels = {user.username: user.role_names for user in people if user.role_names}
    studio = Studio.objects.exclude(disclaimer="").first()
    return {
        "demo_sign_ins": [(username, labels[username]) for username in DEMO_ACCOUNTS if username in labels],
        "demo_password": DEMO_PASSWORD,
        "demo_disclaimer": in_language(studio.disclaimer, studio.disclaimer_en) if studio else "",
    }


@require_POST
@page(LEAVING)
def logout(request):
    """Ends the session, and with it any typing for someone else."""
    end_session(request)
    return redirect("accounts:login")
