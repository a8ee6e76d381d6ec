from django.urls import path

from .views import calendar, drafts, homework, logs, reflections, rhythm, sheets

app_name = "logs"
urlpatterns = [
    path("", logs.logs, name="logs"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("export/", logs.export, name="export"),
    path("write/", logs.write, name="write"),
    path("write/<uuid:pk>/", logs.write_for, name="write_for"),
    path("blank/", sheets.blank, name="blank"),
    path("blank/<uuid:pk>/", sheets.blank_for, name="blank_for"),
    path("drafts/token/", drafts.token, name="token"),
    path("drafts/<str:form>/<uuid:key>/", drafts.draft, name="draft"),
    path("rhythm/<uuid:pk>/", rhythm.rhythm, name="rhythm"),
    path("remind/<uuid:pk>/", rhythm.remind, name="remind"),
    path("where/<uuid:pk>/", homework.where, name="where"),
    path("reflections/", reflections.reflections, name="reflections"),
    path("reflections/write/", reflections.reflection_write, name="reflection_write"),
    path("reflections/<uuid:pk>/", reflections.reflection, name="reflection"),
    path("reflections/<uuid:pk>/edit/", reflections.reflection_edit, name="reflection_edit"),
    path("reflections/<uuid:pk>/answer/", reflections.reflection_answer, name="reflection_answer"),
    path("homework/", homework.homeworks, name="homeworks"),
    path("homework/set/", homework.homework_set, name="homework_set"),
    path("homework/<uuid:pk>/", homework.homework, name="homework"),
    path("homework/<uuid:pk>/hand-in/", homework.homework_hand_in, name="homework_hand_in"),
    path("homework/<uuid:pk>/answer/", homework.homework_answer, name="homework_answer"),
    path("homework/<uuid:pk>/waive/", homework.homework_waive, name="homework_waive"),
    path("homework/files/<uuid:pk>/", homework.homework_file, name="homework_file"),
    path("photos/<uuid:pk>/", logs.photo, name="photo"),
    path("<uuid:pk>/", logs.log, name="log"),
    path("<uuid:pk>/correct/", logs.correct, name="correct"),
    path("<uuid:pk>/confirm/", logs.confirm, name="confirm"),
    path("<uuid:pk>/acknowledge/", logs.acknowledge, name="acknowledge"),
    path("<uuid:pk>/void/", logs.void, name="void"),
    path("<uuid:pk>/transcribe/", logs.transcribe, name="transcribe"),
    path("<uuid:pk>/own-words/", logs.own_words, name="own_words"),
]
