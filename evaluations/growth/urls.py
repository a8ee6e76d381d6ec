from django.urls import path

from .views import cohort, formalism, plans, ratings

app_name = "growth"
urlpatterns = [
    path("<uuid:pk>/", ratings.growth, name="growth"),
    path("<uuid:pk>/history/", ratings.history, name="history"),
    path("<uuid:pk>/rate/", ratings.rate, name="rate"),
    path("<uuid:pk>/plan/", plans.plan_make, name="plan_make"),
    path("ratings/<uuid:pk>/document/", ratings.document, name="document"),
    path("ratings/<uuid:pk>/undo/", ratings.undo, name="undo"),
    path("plans/<uuid:pk>/", plans.plan, name="plan"),
    path("plans/<uuid:pk>/pdf/", plans.plan_pdf, name="plan_pdf"),
    path("plans/<uuid:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<uuid:pk>/agree/", plans.plan_agree, name="plan_agree"),
    path("plans/<uuid:pk>/close/", plans.plan_close, name="plan_close"),
    path("cohorts/<uuid:pk>/", cohort.cohort, name="cohort"),
    path("cohorts/<uuid:pk>/export/", cohort.cohort_export, name="cohort_export"),
    path("cohorts/<uuid:pk>/report/", cohort.report, name="report"),
    path("cohorts/<uuid:pk>/report/docx/", cohort.report_docx, name="report_docx"),
    path("cohorts/<uuid:pk>/sample/", formalism.sample, name="sample"),
    path("cohorts/<uuid:pk>/burden/", formalism.burden, name="burden"),
    path("draws/<uuid:pk>/", formalism.draw, name="draw"),
]
