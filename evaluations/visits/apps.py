from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "evaluations.visits"
    label = "visits"
    verbose_name = _("实地督训")
