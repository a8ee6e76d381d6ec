from django.urls import path

from . import account_views, views

app_name = "people"
urlpatterns = [
    path("", views.register, name="register"),
    path("new/", views.create, name="create"),
    path("import/", views.import_file, name="import"),
    path("import/preview/", views.import_preview, name="import_preview"),
    path("import/template/", views.import_template, name="import_template"),
    path("export/", views.export, name="export"),
    path("<uuid:pk>/", views.secretary, name="secretary"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/portrait/", views.portrait, name="portrait"),
    path("<uuid:pk>/portrait/edit/", views.portrait_edit, name="portrait_edit"),
    path("<uuid:pk>/portrait/remove/", views.portrait_delete, name="portrait_delete"),
    path("<uuid:pk>/leave/", views.leave, name="leave"),
    path("<uuid:pk>/return/", views.return_, name="return"),
    path("<uuid:pk>/account/", account_views.open_account, name="open_account"),
]
