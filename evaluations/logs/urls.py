from django.urls import path

from .views import calendar, logs, rhythm, sheets

app_name = "logs"
urlpatterns = [
    path("", logs.logs, name="logs"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("export/", logs.export, name="export"),
    path("write/", logs.write, name="write"),
    path("write/<uuid:pk>/", logs.write_for, name="write_for"),
    path("blank/", sheets.blank, name="blank"),
    path("blank/<uuid:pk>/", sheets.blank_for, name="blank_for"),
    path("rhythm/<uuid:pk>/", rhythm.rhythm, name="rhythm"),
    path("remind/<uuid:pk>/", rhythm.remind, name="remind"),
    path("photos/<uuid:pk>/", logs.photo, name="photo"),
    path("<uuid:pk>/", logs.log, name="log"),
    path("<uuid:pk>/correct/", logs.correct, name="correct"),
    path("<uuid:pk>/confirm/", logs.confirm, name="confirm"),
    path("<uuid:pk>/acknowledge/", logs.acknowledge, name="acknowledge"),
    path("<uuid:pk>/void/", logs.void, name="void"),
    path("<uuid:pk>/transcribe/", logs.transcribe, name="transcribe"),
    path("<uuid:pk>/own-words/", logs.own_words, name="own_words"),
]
