from django.urls import path

from .views import library

app_name = "clinic"

# The sheet: lists, writing, sending, files.
SHEET: list = []

# Consultation: triage, opinions, guests.
CONSULT: list = []

# Plan, follow-up, close-out.
COURSE: list = []

# Cards and the library.
LIBRARY: list = [path("library/", library.library, name="library")]

# Figures and clinic days.
FIGURES: list = []

urlpatterns = [*SHEET, *CONSULT, *COURSE, *LIBRARY, *FIGURES]
