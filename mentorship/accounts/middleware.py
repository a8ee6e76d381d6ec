"""Small facts on every request: who is there and whether wholly, for whom someone types, in what language and size,
in which studio."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from mentorship.places.models import Studio

from . import sessions
from .access import StepUp, answer_of, asks_again
from .choices import Language, TextSize
from .models import SignInCard, User
from .queries import MENTOR_ROLES, studios_to_act_in
from .sessions import ACTING_FOR, BY_CARD

STUDIO = "studio"
TEXT_COOKIE = "studio_text"


class CardMiddleware:
    """A session that a card opened ends when the card is taken back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        card_id = request.session.get(BY_CARD)
        if card_id and not SignInCard.objects.filter(pk=card_id, revoked_at=None).exists():
            logout(request)
        return self.get_response(request)


class ClockMiddleware:
    """Ends a session that was left alone, or has lasted a whole working day. `request.session_left`: seconds to go."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and sessions.is_timed(user, request.session):
            if sessions.seconds_left(user, request.session) <= 0:
                request.ended = {"who": user.pk, "acting_for": request.session.get(ACTING_FOR, "")}
                logout(request)
                request.session[sessions.ENDED] = True
            else:
                if not (request.method == "GET" and request.path == reverse("accounts:stay")):  # a question, no step
                    sessions.note_step(request.session)
                request.session_left = int(sessions.seconds_left(user, request.session))
        return self.get_response(request)


class SecondFactorMiddleware:
    """Between the password and the second factor a person is nobody: every page and the admin take them for a stranger.

    Only the pages that let them go on know of `request.half_in`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.half_in = None
        if request.user.is_authenticated and sessions.has_to_show_more(request.user, request.session):
            request.half_in = request.user
            request.user, request.session_left = AnonymousUser(), None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """The admin's pages have no `@page`: a class of it with `step_up` asks again before it does anything."""
        wants = getattr(getattr(view, "model_admin", None), "step_up", False)
        if wants and request.user.is_authenticated and asks_again(request, StepUp.ACT):
            return answer_of("accounts:step_up", request)
        return None


class ActingMiddleware:
    """While someone types for a mentor, `request.user` is the mentor and `.acting_user` the one who types.

    The right is looked up again on every request, so that taking it away works at once. Only the mentor's roles
    as a mentor come along, and only in studios where the typist may type: no office passes into other hands.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        principal_id = request.session.get(ACTING_FOR) if request.user.is_authenticated else None
        if principal_id:
            principal = User.objects.filter(pk=principal_id, is_active=True).first()
            studios = studios_to_act_in(request.user, principal) if principal else set()
            if studios:
                principal.acting_user = request.user
                principal.grants = [g for g in principal.grants if g.role in MENTOR_ROLES and g.studio_id in studios]
                request.user = principal
            else:
                del request.session[ACTING_FOR]
        return self.get_response(request)


class PreferencesMiddleware:
    """Language and text size: the person's own, else the cookie's, else the browser's (language only)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = getattr(request.user, "acting_user", None) or request.user
        language = getattr(person, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in Language.values:
            language = translation.get_language_from_request(request)
        size = person.text_size if person.is_authenticated else request.COOKIES.get(TEXT_COOKIE)
        request.text_size = size if size in TextSize.values else TextSize.STANDARD.value
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class StudioMiddleware:
    """`request.studio`: the one the reader works in now, among those where they hold a role; else None."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.studio = self.studio_of(request) if request.user.is_authenticated else None
        return self.get_response(request)

    @staticmethod
    def studio_of(request):
        chosen = request.session.get(STUDIO)
        if request.user.is_operator:
            return Studio.objects.filter(pk=chosen).first() or Studio.objects.first()
        studios = {str(grant.studio_id): grant.studio for grant in request.user.grants}
        return studios.get(chosen) or next(iter(studios.values()), None)
