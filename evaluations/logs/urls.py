from django.urls import path

from .views import drafts, logs, rhythm

app_name = "logs"
urlpatterns = [
    path("", logs.logs, name="logs"),
    path("export/", logs.export, name="export"),
    path("write/", logs.write, name="write"),
    path("write/<uuid:pk>/", logs.write_for, name="write_for"),
    path("drafts/token/", drafts.token, name="token"),
    path("drafts/<str:form>/<uuid:key>/", drafts.draft, name="draft"),
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
