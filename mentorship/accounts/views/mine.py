"""What a person sees and sets about themselves."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mentorship.accounts.access import OWN_PASSWORD, PUBLIC, SIGNED_IN, page
from mentorship.accounts.actions import change_password
from mentorship.accounts.choices import Language, TextSize
from mentorship.accounts.forms import AssistantForm, NewPasswordForm
from mentorship.accounts.middleware import STUDIO, TEXT_COOKIE
from mentorship.accounts.models import Assistant, SignInCard
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import principals_for
from mentorship.accounts.returning import safe_next
from mentorship.accounts.roles import ROLES
from mentorship.places.models import Studio

YEAR = 365 * 24 * 3600


@page(SIGNED_IN)
def me(request):
    user = request.user
    context = {"roles": [(grant, ROLES[grant.role].sentence) for grant in user.grants if grant.role in ROLES]}
    if not user.is_represented:
        names_helpers = user.can(Permission.MENTOR_HOME, request.studio) and not user.is_operator
        context |= {
            "studios": list(Studio.objects.visible_to(user)),
            "principals": list(principals_for(user)),
            "card": SignInCard.objects.usable().filter(user=user).first(),
            "assistants": list(Assistant.objects.current().filter(principal=user).select_related("helper", "studio")),
            "assistant_form": AssistantForm(studio=request.studio) if names_helpers else None,
        }
    return render(request, "accounts/me.html", context)


@sensitive_post_parameters()
@page(OWN_PASSWORD)
def password(request):
    form = NewPasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        change_password(by=request.user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码换好了，其他手机和电脑上要重新登录。"))
        return redirect("accounts:me")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
@page(PUBLIC)
def preferences(request):
    """Language and text size: on this device, and on the person's account. The typist's own, never the mentor's."""
    person = getattr(request.user, "acting_user", None) or request.user
    response = redirect(safe_next(request))
    changed = []
    language, size = request.POST.get("language"), request.POST.get("text_size")
    if language in Language.values:
        set_cookie(response, settings.LANGUAGE_COOKIE_NAME, language)
        translation.activate(language)
        person.language = language
        changed.append("language")
    if size in TextSize.values:
        set_cookie(response, TEXT_COOKIE, size)
        person.text_size = size
        changed.append("text_size")
    if person.is_authenticated and changed:
        person.save(update_fields=[*changed, "updated_at"])
    return response


def set_cookie(response, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")


@require_POST
@page(SIGNED_IN)
def choose_studio(request):
    """Works in another of the person's studios from now on."""
    studio = get_object_or_404(Studio.objects.visible_to(request.user), pk=request.POST.get("studio"))
    request.session[STUDIO] = str(studio.pk)
    messages.success(request, _("现在是“%(studio)s”。") % {"studio": studio})
    return redirect("dashboards:home")
