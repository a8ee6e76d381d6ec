from django.urls import path

from .views import attendance, bases, door, electives, ledger, sessions

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
    path("<uuid:pk>/attendance/", attendance.attendance, name="attendance"),
    path("<uuid:pk>/attendance/sheet/", attendance.sheet, name="attendance_sheet"),
    path("<uuid:pk>/attendance/ask/", attendance.ask, name="ask_leave"),
    path("<uuid:pk>/door/", door.door, name="door"),
    path("<uuid:pk>/door/now/", door.door_now, name="door_now"),
    path("<uuid:pk>/sign-in/<str:code>/", door.arrive, name="sign_in"),
    path("attendance/<uuid:pk>/", attendance.attended, name="attended"),
    path("attendance/<uuid:pk>/settle/", attendance.settled, name="settle"),
    path("attendance/<uuid:pk>/make-up/", attendance.made_up, name="make_up"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.ledger_export, name="ledger_export"),
    path("hours/", ledger.my_hours, name="my_hours"),
    path("hours/<uuid:pk>/", ledger.hours, name="hours"),
]
