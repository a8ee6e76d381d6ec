"""A mentor's home: one big button, my five, what is due, who they are."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Mentor, MentorAbsence, Pairing, begun_first
from evaluations.calendar.queries import coming
from evaluations.logs.models import TeachingLog
from mentorship.accounts.access import needs, page
from mentorship.accounts.permissions import Permission
from mentorship.notifications.models import Receipt

from .board import board_with, pairs_on
from .due import due_of_mentor
from .faces import faces_of_mentor
from .visits import of_apprentices


@page(needs(Permission.MENTOR_HOME))
def mentor_home(request):
    mentor = (
        Mentor.objects.filter(secretary__user=request.user, studio=request.studio)
        .appointed()
        .select_related("cohort__studio", "cohort__rules", "secretary__studio", "base__community")
        .order_by(*begun_first(request.studio))
        .first()
    )
    context = {"mentor": mentor, "greeting": greeting()}
    if mentor:
        today = mentor.cohort.studio.today()
        mentor.standing = pairs = list(pairs_on(today).filter(mentor=mentor).for_lists())
        context |= {
            "today": today,
            "board": board_with(mentor.cohort, today, [mentor]),
            "pairs": pairs,
            "away": MentorAbsence.objects.filter(mentor=mentor).not_over(today).for_lists().first(),
            "looked_after": looked_after(mentor, today),
            "latest": latest_of(mentor),
            "due": due_of_mentor(request.user, mentor, pairs, today),
            "faces": faces_of_mentor(request.user, mentor, pairs, today),
            "findings": of_apprentices(request.user, pairs, today),
            "to_sign": list(unsigned(request.user)),
            "coming": coming(request.user, mentor.cohort.studio, 3, mine=True),
        }
    return render(request, "dashboards/mentor_home.html", context)


def looked_after(mentor: Mentor, today) -> list[Pairing]:
    """Pairs of others who are away and asked this mentor to stand in."""
    return list(Pairing.objects.looked_after_by(mentor, today).exclude(mentor=mentor).for_lists())


def latest_of(mentor: Mentor) -> TeachingLog | None:
    return TeachingLog.objects.filter(mentor=mentor).standing().prefetch_related("mentees__secretary").first()


def unsigned(user):
    """Notices that ask for a signature, newest first, three at most: nobody likes a long list."""
    return Receipt.objects.visible_to(user).to_acknowledge().select_related("notice")[:3]


def greeting() -> str:
    hour = timezone.localtime().hour
    if hour < 6:
        return _("夜深了")
    if hour < 12:
        return _("上午好")
    return _("下午好") if hour < 18 else _("晚上好")
