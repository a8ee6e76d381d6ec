from django.urls import path

from .views import rounds, schemes, sheets, tasks

app_name = "assessments"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("make/", rounds.make, name="make"),
    path("mine/", tasks.mine, name="mine"),
    path("schemes/<uuid:pk>/", schemes.schemes, name="schemes"),
    path("scheme/<uuid:pk>/", schemes.scheme, name="scheme"),
    path("scheme/<uuid:pk>/change/", schemes.scheme_change, name="scheme_change"),
    path("scheme/<uuid:pk>/replay/", schemes.replay, name="replay"),
    path("tasks/<uuid:pk>/", tasks.rate, name="rate"),
    path("tasks/<uuid:pk>/draft/", tasks.draft, name="draft"),
    path("sheets/<uuid:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:pk>/report/", sheets.report, name="report"),
    path("sheets/<uuid:pk>/comment/", sheets.comment, name="comment"),
    path("sheets/<uuid:pk>/feedback/", sheets.feedback, name="feedback"),
    path("sheets/<uuid:pk>/sign/", sheets.sign, name="sign"),
    path("sheets/<uuid:pk>/review/", sheets.file_review, name="file_review"),
    path("sheets/<uuid:pk>/veto/", sheets.veto, name="veto"),
    path("vetoes/<uuid:pk>/", sheets.settle, name="settle"),
    path("reviews/<uuid:pk>/", sheets.review, name="review"),
    path("reviews/<uuid:pk>/decide/", sheets.decide, name="decide"),
    path("<uuid:pk>/", rounds.round_, name="round"),
    path("<uuid:pk>/advance/", rounds.advance, name="advance"),
    path("<uuid:pk>/remind/", rounds.remind, name="remind"),
    path("<uuid:pk>/reopen/", rounds.reopen, name="reopen"),
    path("<uuid:pk>/results/", rounds.results, name="results"),
    path("<uuid:pk>/release/", rounds.release, name="release"),
]
