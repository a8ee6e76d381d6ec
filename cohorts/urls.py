from django.urls import path

from . import views

app_name = "cohorts"
urlpatterns = [
    path("", views.cohorts, name="cohorts"),
    path("new/", views.create, name="create"),
    path("<uuid:pk>/", views.cohort, name="cohort"),
    path("<uuid:pk>/rules/", views.rules, name="rules"),
    path("<uuid:pk>/advance/", views.advance, name="advance"),
    path("<uuid:pk>/mentors/", views.mentors, name="mentors"),
    path("<uuid:pk>/mentors/nominate/", views.nominate, name="nominate"),
    path("<uuid:pk>/pool/", views.pool, name="pool"),
    path("<uuid:pk>/pool/<uuid:secretary_pk>/", views.recommend, name="recommend"),
    path("<uuid:pk>/mentees/", views.mentees, name="mentees"),
    path("<uuid:pk>/mentees/choose/", views.mentee_choose, name="mentee_choose"),
    path("<uuid:pk>/mentees/reserve/", views.mentee_reserve, name="mentee_reserve"),
    path("<uuid:pk>/roster/", views.roster, name="roster"),
    path("mentors/<uuid:pk>/", views.mentor, name="mentor"),
    path("mentors/<uuid:pk>/edit/", views.mentor_edit, name="mentor_edit"),
    path("mentors/<uuid:pk>/assess/", views.mentor_assess, name="mentor_assess"),
    path("mentors/<uuid:pk>/appoint/", views.mentor_appoint, name="mentor_appoint"),
    path("mentors/<uuid:pk>/decline/", views.mentor_decline, name="mentor_decline"),
    path("mentees/<uuid:pk>/", views.mentee, name="mentee"),
    path("mentees/<uuid:pk>/baseline/", views.mentee_baseline, name="mentee_baseline"),
    path("mentees/<uuid:pk>/rank/", views.mentee_rank, name="mentee_rank"),
    path("mentees/<uuid:pk>/decline/", views.mentee_decline, name="mentee_decline"),
    path("mentees/<uuid:pk>/talk/", views.talk, name="talk"),
    path("mentees/<uuid:pk>/repair/", views.repair, name="repair"),
    path("mentees/<uuid:pk>/pause/", views.pause, name="pause"),
    path("mentees/<uuid:pk>/resume/", views.resume, name="resume"),
    path("mentees/<uuid:pk>/extend/", views.extend, name="extend"),
    path("mentees/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("mentees/<uuid:pk>/substitute/", views.substitute, name="substitute"),
    path("proposals/<uuid:pk>/", views.proposal, name="proposal"),
    path("portraits/<uuid:pk>/", views.portrait, name="portrait"),
]
