from django.urls import path

from . import liaison, mentee, mentor, offline, organizer, public, todos

app_name = "dashboards"
urlpatterns = [
    path("", public.home, name="home"),
    path("overview/", organizer.overview, name="overview"),
    path("mentor/", mentor.mentor_home, name="mentor_home"),
    path("mentee/", mentee.mentee_home, name="mentee_home"),
    path("liaison/", liaison.liaison_home, name="liaison_home"),
    path("reviewer/", liaison.reviewer_home, name="reviewer_home"),
    path("todo/", todos.todo, name="todo"),
    path("help/", public.help_page, name="help"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.offline_page, name="offline"),
    path("healthz", public.healthz, name="healthz"),
]
