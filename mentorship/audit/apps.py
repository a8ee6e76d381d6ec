from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from .checks import guards_stand


class AuditConfig(AppConfig):
    name = "mentorship.audit"
    verbose_name = _("操作记录")

    def ready(self):
        register(guards_stand, "guards", Tags.database, deploy=True)
