"""Sheets to write on by hand, with the way back into the app."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cohorts.access import mentor_for
from cohorts.models import Mentor
from evaluations.logs.access import MENTORS, OFFICERS
from evaluations.logs.choices import Mode
from evaluations.logs.queries import apprentices_of, attendable, mentor_row_of
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.qr import qr_of

LINES, SESSION_LINES, QUESTION_LINES = 9, 3, 1  # what fits on one page


@page(MENTORS)
def blank(request):
    mentor = mentor_row_of(request.user, request.studio)
    return sheet(request, get_object_or_404(Mentor, pk=mentor and mentor.pk), reverse("dashboards:home"))


@page(OFFICERS)
def blank_for(request, pk):
    """`pk` is the mentor who will write on it."""
    mentor = mentor_for(request.user, pk, Permission.LOG_EDIT)
    return sheet(request, mentor, reverse("cohorts:mentor", args=[mentor.pk]))


def sheet(request, mentor, back_url):
    """One A4 sheet; ?kind=session makes that of a base or group session. Its QR opens the mentor's own form."""
    session = request.GET.get("kind") == "session"
    people = attendable(mentor.cohort, mentor.studio.today()) if session else apprentices_of(mentor)
    return render(
        request,
        "logs/log_blank.html",
        {
            "mentor": mentor,
            "people": people,
            "session": session,
            "modes": Mode.labels,
            "lines": range(SESSION_LINES if session else LINES),
            "question_lines": range(QUESTION_LINES),
            "qr": qr_of(reverse("logs:write") + ("?kind=session" if session else "")),
            "back_url": back_url,
        },
    )
