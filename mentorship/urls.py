from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("evaluations.dashboards.urls")),
    path("accounts/", include("mentorship.accounts.urls")),
    path("people/", include("mentorship.people.urls")),
    path("notices/", include("mentorship.notifications.urls")),
    path("framework/", include("mentorship.framework.urls")),
    path("cohorts/", include("cohorts.urls")),
    path("matching/", include("cohorts.matching.urls")),
    path("letters/", include("cohorts.letters.urls")),
    path("logs/", include("evaluations.logs.urls")),
    path("growth/", include("evaluations.growth.urls")),
    path("assessments/", include("evaluations.assessments.urls")),
    path("promotions/", include("evaluations.promotions.urls")),
    path("archive/", include("evaluations.archive.urls")),
    path("admin/", admin.site.urls),
]
