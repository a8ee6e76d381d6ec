from django.urls import path

from .views import case, consulting, days, figures, files, guests, helping, sheets, writing

app_name = "clinic"

# The sheet: lists, writing, sending, files.
SHEET = [
    path("", sheets.cases, name="cases"),
    path("new/", writing.new, name="new"),
    path("blank/", sheets.blank, name="blank"),
    path("similar/", helping.similar, name="similar"),
    path("words/", helping.words, name="words"),
    path("answered/", writing.answered, name="answered"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("files/<uuid:pk>/delete/", files.file_delete, name="file_delete"),
    path("<uuid:pk>/edit/", writing.edit, name="edit"),
    path("<uuid:pk>/take-back/", writing.take_back, name="take_back"),
    path("<uuid:pk>/send-back/", writing.send_back, name="send_back"),
    path("<uuid:pk>/discard/", writing.discard, name="discard"),
    path("<uuid:pk>/paper/", sheets.paper, name="paper"),
]

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
FIGURES: list = [
    path("figures/", figures.figures, name="figures"),
    path("export/", figures.export, name="export"),
    path("days/", days.days, name="days"),
    path("days/<uuid:pk>/", days.day, name="day"),
    path("days/<uuid:pk>/paper/", days.day_paper, name="day_paper"),
    path("days/<uuid:pk>/put/", days.put, name="put_on_day"),
    path("days/<uuid:pk>/take/", days.take, name="take_off_day"),
]

urlpatterns = [*SHEET, *CONSULT, *COURSE, *LIBRARY, *FIGURES]
