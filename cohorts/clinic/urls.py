from django.urls import path

from .views import case, consulting, guests

app_name = "clinic"

# The sheet: lists, writing, sending, files.
SHEET: list = []

# Consultation: triage, opinions, guests.
CONSULT: list = [
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/triage/", consulting.triage, name="triage"),
    path("consults/<uuid:pk>/off/", consulting.call_off, name="call_off"),
    path("<uuid:pk>/advise/", consulting.advise, name="advise"),
    path("<uuid:pk>/decline/", consulting.decline, name="decline"),
    path("<uuid:pk>/open/", consulting.release, name="release"),
    path("<uuid:pk>/discuss/", consulting.discuss, name="discuss"),
    path("<uuid:pk>/invite/", guests.invite, name="invite"),
    path("invitations/<uuid:pk>/revoke/", guests.revoke, name="revoke"),
    path("guest/<str:token>/", guests.guest, name="guest"),
]

# Plan, follow-up, close-out.
COURSE: list = []

# Cards and the library.
LIBRARY: list = []

# Figures and clinic days.
FIGURES: list = []

urlpatterns = [*SHEET, *CONSULT, *COURSE, *LIBRARY, *FIGURES]
