"""The admin site: only for organizers, one studio at a time, its index in the studio's own systems."""

from typing import Any, Protocol

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import TextChoices
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from .admin import StudioAdmin

# Libraries bring admin classes for these; they know nothing of studios.
KEPT_OUT = {"auth", "django_tasks_database"}
ENTRY_PERMISSION = "admin_site"  # the code of the permission that opens the site


class Section(TextChoices):
    """The index, from top to bottom."""

    REGISTER = "register", _("名册与账号")
    MENTORING = "mentoring", _("带教（批次、选聘、结对）")
    FRAMEWORK = "framework", _("应知必会")
    NOTICES = "notices", _("通知")
    PLACES = "places", _("地方与基地")
    TRAIL = "trail", _("操作记录")


class Trail(Protocol):
    """What the site asks of the audit trail, which stands above this app and gives itself to the site."""

    def record(self, request, *, verb: str, on, before: dict[str, Any], after: dict[str, Any]) -> None: ...

    def about(self, request, obj) -> list: ...

    def mine(self, request) -> list: ...


class DeclaredAutocomplete(AutocompleteJsonView):
    """Answers only for a field that a form of ours completes, so that the address can't be used to ask around."""

    def process_request(self, request):
        answer = super().process_request(request)
        source = answer[2]
        declared = any(
            source.name in form.get_autocomplete_fields(request)
            for model_admin in self.admin_site._registry.values()
            for form in [model_admin, *model_admin.get_inline_instances(request)]
            if form.model is source.model
        )
        if not declared:
            raise PermissionDenied
        return answer


class StudioAdminSite(admin.AdminSite):
    site_header = site_title = _("大梁带小梁后台")
    index_title = _("后台")
    site_url = None
    enable_nav_sidebar = False
    trail: Trail | None = None

    def register(self, model_or_iterable, admin_class=None, **options):
        """Nothing stands here that isn't scoped by the one base class."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        models = [model for model in models if model._meta.app_label not in KEPT_OUT]
        if models and not issubclass(admin_class or admin.ModelAdmin, StudioAdmin):
            raise ImproperlyConfigured(f"{models} in the admin: their class must be a StudioAdmin.")
        super().register(models, admin_class, **options)

    def has_permission(self, request) -> bool:
        """In the studio one works in. Only an operator comes in without one: someone has to open the first."""
        user, studio = request.user, getattr(request, "studio", None)
        if not (user.is_authenticated and user.is_active and user.is_staff):
            return False
        return user.can(ENTRY_PERMISSION, studio) if studio else user.is_operator

    def get_urls(self):
        """Without `/r/`, which would find any object of any studio by its number."""
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") != "view_on_site"]

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """There is one sign-in page. Who is signed in and has no business here finds nothing."""
        target = request.GET.get("next") or reverse("admin:index")
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise Http404
        return HttpResponseRedirect(f"{reverse('accounts:login')}?{urlencode({'next': target})}")

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password")

    password_change_done = password_change

    def autocomplete_view(self, request):
        return DeclaredAutocomplete.as_view(admin_site=self)(request)

    def each_context(self, request):
        studio = getattr(request, "studio", None)
        return super().each_context(request) | {"studio": studio, "index_title": str(studio or "")}

    def index(self, request, extra_context=None):
        title = str(request.studio or self.index_title)
        return super().index(request, {"title": title, "mine": self.trail.mine(request), **(extra_context or {})})

    def app_index(self, request, app_label, extra_context=None):
        """The apps are our affair, not the reader's: the index has its own order."""
        return redirect("admin:index")

    def get_app_list(self, request, app_label=None):
        """The registered models by section, in the shape that the index template takes."""
        models: dict[str, list] = {}
        for app in self._build_app_dict(request, app_label).values():
            for entry in app["models"]:
                section = self._registry[entry["model"]].section
                models.setdefault(section, []).append(entry)
        order = {model: place for place, model in enumerate(self._registry)}
        return [
            {
                "name": section.label, "app_label": section.value, "app_url": reverse("admin:index"),
                "has_module_perms": True,
                "models": sorted(models[section], key=lambda entry: order[entry["model"]]),
            }
            for section in Section
            if section in models
        ]  # fmt: skip

    def get_log_entries(self, request):
        """The stock log is not kept: the audit trail is."""
        return []
