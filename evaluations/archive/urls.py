from django.urls import path

from . import views

app_name = "archive"
urlpatterns = [
    path("", views.start, name="start"),
    path("exports/", views.exports, name="exports"),
    path("exports/<uuid:pk>/", views.export_job, name="export_job"),
    path("exports/<uuid:pk>/state/", views.export_state, name="export_state"),
    path("exports/<uuid:pk>/retry/", views.export_retry, name="export_retry"),
    path("exports/<uuid:pk>/file/", views.export_file, name="export_file"),
    path("file/<uuid:pk>/", views.file, name="file"),
    path("file/<uuid:pk>/print/", views.file_print, name="file_print"),
    path("file/<uuid:pk>/pdf/", views.file_pdf, name="file_pdf"),
    path("file/<uuid:pk>/bind/", views.bind, name="bind"),
    path("file/<uuid:pk>/keepsake/", views.keepsake, name="keepsake"),
    path("bound/<uuid:pk>/", views.bound, name="bound"),
    path("bound/<uuid:pk>/check/", views.check, name="check"),
    path("<uuid:pk>/", views.files, name="files"),
    path("<uuid:pk>/export/", views.export, name="export"),
]
