from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameworkConfig(AppConfig):
    name = "mentorship.framework"
    verbose_name = _("应知必会")
