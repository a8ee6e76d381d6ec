"""A liaison's home: their own 街镇 and nothing else. And the plain home of a reviewer."""

from django.shortcuts import render

from cohorts.choices import MenteeStatus
from cohorts.models import Mentee
from evaluations.promotions.queries import to_vote
from mentorship.accounts.access import needs, page
from mentorship.accounts.permissions import Permission
from mentorship.people.models import Secretary

from .context import current_cohort
from .mentor import unsigned


@page(needs(Permission.RECOMMEND))
def liaison_home(request):
    user, studio = request.user, request.studio
    register = Secretary.objects.visible_to(user).filter(studio=studio).on_register()
    mentees = Mentee.objects.visible_to(user).filter(studio=studio).for_lists()
    cohort = current_cohort(request)
    context = {
        "cohort": cohort,
        "subdistricts": [grant.subdistrict for grant in user.grants if grant.subdistrict_id],
        "registered": register.count(),
        "young": register.young(studio).count() if studio else 0,
        "mentees": list(mentees.filter(cohort=cohort).exclude(status=MenteeStatus.WITHDRAWN)) if cohort else [],
        "to_sign": list(unsigned(user)),
    }
    return render(request, "dashboards/liaison_home.html", context)


@page(needs(Permission.REVIEW))
def reviewer_home(request):
    return render(request, "dashboards/reviewer_home.html", {"waiting": to_vote(request.user)})
