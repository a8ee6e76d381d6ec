from django.contrib import admin


class StudioAdminSite(admin.AdminSite):
    pass
