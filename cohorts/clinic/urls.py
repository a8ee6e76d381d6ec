from django.urls import path  # noqa: F401

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
FIGURES: list = []

urlpatterns = [*SHEET, *CONSULT, *COURSE, *LIBRARY, *FIGURES]
