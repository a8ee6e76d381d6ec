from django.urls import path

from .views import findings, visits

app_name = "visits"
urlpatterns = [
    path("", visits.visits, name="visits"),
    path("new/", visits.plan, name="plan"),
    path("export/", visits.export, name="export"),
    path("mine/", visits.mine, name="mine"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<uuid:pk>/", findings.finding, name="finding"),
    path("findings/<uuid:pk>/edit/", findings.change, name="finding_change"),
    path("findings/<uuid:pk>/remove/", findings.remove, name="finding_remove"),
    path("findings/<uuid:pk>/report/", findings.report, name="report"),
    path("findings/<uuid:pk>/check/", findings.check, name="check"),
    path("findings/<uuid:pk>/extend/", findings.extend, name="extend"),
    path("extensions/<uuid:pk>/", findings.decide, name="decide"),
    path("photos/<uuid:pk>/", findings.photo, name="photo"),
    path("<uuid:pk>/", visits.visit, name="visit"),
    path("<uuid:pk>/edit/", visits.change, name="change"),
    path("<uuid:pk>/record/", visits.record, name="record"),
    path("<uuid:pk>/findings/", findings.add, name="finding_add"),
    path("<uuid:pk>/sign/", visits.sign, name="sign"),
    path("<uuid:pk>/cancel/", visits.cancel, name="cancel"),
    path("<uuid:pk>/statement/", visits.statement, name="statement"),
    path("<uuid:pk>/paper/", visits.paper, name="paper"),
]
