from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("send/", views.send, name="send"),
    path("sent/", views.sent, name="sent"),
    path("sent/<uuid:pk>/", views.sent_notice, name="sent_notice"),
    path("sent/<uuid:pk>/remind/", views.remind, name="remind"),
    path("sent/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("sent/<uuid:pk>/export/", views.sent_export, name="sent_export"),
    path("of/<uuid:pk>/", views.mine, name="mine"),
    path("<uuid:pk>/", views.notice, name="notice"),
    path("<uuid:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
]
