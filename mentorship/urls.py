from django.contrib import admin
from django.urls import include, path

handler500 = "mentorship.common.errors_views.server_error"
urlpatterns = [
    path("", include("evaluations.dashboards.urls")),
    path("accounts/", include("mentorship.accounts.urls")),
    path("people/", include("mentorship.people.urls")),
    path("notices/", include("mentorship.notifications.urls")),
    path("", include("mentorship.upkeep.urls")),
    path("privacy/", include("mentorship.privacy.urls")),
    path("framework/", include("mentorship.framework.urls")),
    path("cohorts/", include("cohorts.urls")),
    path("matching/", include("cohorts.matching.urls")),
    path("letters/", include("cohorts.letters.urls")),
    path("training/", include("cohorts.training.urls")),
    path("meetings/", include("cohorts.meetings.urls")),
    path("clinic/", include("cohorts.clinic.urls")),
    path("logs/", include("evaluations.logs.urls")),
    path("visits/", include("evaluations.visits.urls")),
    path("growth/", include("evaluations.growth.urls")),
    path("assessments/", include("evaluations.assessments.urls")),
    path("promotions/", include("evaluations.promotions.urls")),
    path("archive/", include("evaluations.archive.urls")),
    path("calendar/", include("evaluations.calendar.urls")),
    path("admin/", admin.site.urls),
]
