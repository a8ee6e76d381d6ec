"""A mentee's home: how far I have come, who is my mentor, where I stood at the start, what comes next."""

import datetime

from django.db.models import Min
from django.shortcuts import render
from django.utils import translation

from cohorts.letters.models import ApprenticeshipLetter
from cohorts.models import Mentee, MentorAbsence, Pairing, begun_first
from evaluations.calendar.queries import coming
from evaluations.growth.queries.progress import progress_of
from evaluations.logs.choices import HomeworkState, ReflectionState
from evaluations.logs.models import Homework, Reflection, TeachingLog
from evaluations.logs.queries.rhythm import with_sessions
from mentorship.accounts.access import needs, page
from mentorship.accounts.permissions import Permission

from .board import post_of, standing_of
from .due import due_of_mentee
from .faces import faces_of_mentee
from .mentor import unsigned
from .visits import to_mend_of_mentee


@page(needs(Permission.MENTEE_HOME))
def mentee_home(request):
    mentee = (
        Mentee.objects.filter(secretary__user=request.user, studio=request.studio)
        .select_related("cohort__studio", "cohort__rules", "secretary__community", "secretary__studio")
        .order_by(*begun_first(request.studio))
        .first()
    )
    context = {"mentee": mentee}
    if mentee:
        today = mentee.cohort.studio.today()
        pairing = (
            with_sessions(Pairing.objects.filter(mentee=mentee).as_of(today), today)
            .select_related("mentor__secretary", "mentor__base__community", "mentor__studio", "mentee__secretary")
            .first()
        )
        standing = standing_of(pairing, mentee.cohort, today) if pairing else None
        context |= {
            "today": today,
            "pairing": pairing,
            "standing": standing,
            "away": away_of(pairing, today) if pairing else None,
            "latest": list(
                TeachingLog.objects.visible_to(request.user)
                .standing()
                .about(mentee)
                .select_related("mentor__secretary")[:5]
            ),
            "faces": faces_of_mentee(request.user, mentee, today),
            "post": post_of(pairing, standing) if pairing else None,
            "progress": progress_of(mentee, today),
            "due": [*to_mend_of_mentee(mentee, today), *due_of_mentee(mentee, today)],
            "next_date": next_date_of(request.user, mentee, today),
            "remarks": remarks_on(mentee),
            "letter": letter_of(pairing) if pairing else None,
            "cover": cover_title(),
            "to_sign": list(unsigned(request.user)),
            "coming": coming(request.user, mentee.cohort.studio, 3, mine=True),
        }
    return render(request, "dashboards/mentee_home.html", context)


def next_date_of(user, mentee: Mentee, today: datetime.date) -> datetime.date | None:
    """The nearest day that a log the reader may see agreed on."""
    logs = TeachingLog.objects.visible_to(user).standing().about(mentee).filter(next_date__gte=today)
    return logs.aggregate(day=Min("next_date"))["day"]


def away_of(pairing: Pairing, today: datetime.date) -> MentorAbsence | None:
    """While the mentor is away: who stands in."""
    return MentorAbsence.objects.on(today).filter(mentor=pairing.mentor).for_lists().first()


def letter_of(pairing: Pairing) -> ApprenticeshipLetter | None:
    """The apprentice's own letter to the mentor of now, in whatever state."""
    return ApprenticeshipLetter.objects.filter(pairing=pairing).first()


def cover_title() -> str:
    """What stands on the cover is Chinese on a page in any language."""
    with translation.override("zh-hans"):
        return str(ApprenticeshipLetter._meta.verbose_name)


def remarks_on(mentee: Mentee) -> list[Reflection | Homework]:
    """The two latest answers in red pen, newest first. Two queries."""
    rows = [
        *Reflection.objects.filter(mentee=mentee, state=ReflectionState.ANSWERED)
        .select_related("commented_by")
        .order_by("-commented_at")[:2],
        *Homework.objects.filter(mentee=mentee, state=HomeworkState.ANSWERED)
        .select_related("commented_by")
        .order_by("-commented_at")[:2],
    ]
    return sorted(rows, key=lambda row: row.commented_at, reverse=True)[:2]
