from django.urls import path

from .views import days, figures

app_name = "clinic"

# The sheet: lists, writing, sending, files.
SHEET: list = []

# Consultation: triage, opinions, guests.
CONSULT: list = []

# Plan, follow-up, close-out.
COURSE: list = []

# Cards and the library.
LIBRARY: list = []

# Figures and clinic days.
FIGURES: list = [
    path("figures/", figures.figures, name="figures"),
    path("export/", figures.export, name="export"),
    path("days/", days.days, name="days"),
    path("days/<uuid:pk>/", days.day, name="day"),
    path("days/<uuid:pk>/paper/", days.day_paper, name="day_paper"),
    path("days/<uuid:pk>/put/", days.put, name="put_on_day"),
    path("days/<uuid:pk>/take/", days.take, name="take_off_day"),
]

urlpatterns = [*SHEET, *CONSULT, *COURSE, *LIBRARY, *FIGURES]
