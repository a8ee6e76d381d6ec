from django.urls import path

from . import views

app_name = "framework"
urlpatterns = [
    path("", views.framework, name="framework"),
    path("<uuid:pk>/", views.framework, name="version"),
    path("<uuid:pk>/copy/", views.new_version, name="new_version"),
    path("<uuid:pk>/lock/", views.lock, name="lock"),
]
