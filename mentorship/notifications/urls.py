from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("send/", views.send, name="send"),
    path("sent/", views.sent, name="sent"),
    path("sent/<uuid:pk>/", views.sent_notice, name="sent_notice"),
    path("sent/<uuid:pk>/remind/", views.remind, name="remind"),
    path("<uuid:pk>/", views.notice, name="notice"),
    path("<uuid:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
]
