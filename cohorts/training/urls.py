from django.urls import path

from .views import bases, electives, sessions

app_name = "training"
urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("new/", sessions.plan, name="plan"),
    path("bases/", bases.bases, name="bases"),
    path("<uuid:pk>/", sessions.session, name="session"),
    path("<uuid:pk>/edit/", sessions.change, name="change"),
    path("<uuid:pk>/cancel/", sessions.cancel, name="cancel"),
    path("<uuid:pk>/held/", sessions.held, name="held"),
    path("<uuid:pk>/choose/", electives.choose, name="choose"),
    path("<uuid:pk>/leave/", electives.leave, name="leave"),
    path("<uuid:pk>/courses/", electives.courses, name="courses"),
    path("<uuid:pk>/courses/new/", electives.add_course, name="add_course"),
    path("<uuid:pk>/allocate/", electives.allocate, name="allocate"),
    path("courses/<uuid:pk>/", electives.change_course, name="change_course"),
    path("courses/<uuid:pk>/remove/", electives.remove_course, name="remove_course"),
    path("enrolments/<uuid:pk>/drop/", electives.drop, name="drop"),
]
