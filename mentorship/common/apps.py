from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class CommonConfig(AppConfig):
    name = "mentorship.common"
    default = True


class StudioAdminConfig(admin_apps.AdminConfig):
    """The admin with our own site class, which scopes and groups everything by studio."""

    default_site = "mentorship.common.admin_site.StudioAdminSite"
    default = False
