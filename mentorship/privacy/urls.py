from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/ask/", views.ask, name="ask"),
    path("mine/<uuid:pk>/", views.copy, name="copy"),
    path("mine/<uuid:pk>/state/", views.copy_state, name="copy_state"),
    path("mine/<uuid:pk>/file/", views.copy_file, name="copy_file"),
    path("erased/", views.erasures, name="erasures"),
    path("erase/register/<uuid:pk>/", views.erase_secretary, name="erase_secretary"),
    path("erase/account/<uuid:pk>/", views.erase_account, name="erase_account"),
]
