"""选聘 of mentors: list, nomination, rating, appointment."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts import actions
from cohorts.access import cohort_for, mentor_for
from cohorts.actions.common import open_stages
from cohorts.choices import MentorStatus
from cohorts.forms import AssessForm, DeclineForm, MentorForm, NominateForm
from cohorts.queries import mentor_candidates
from mentorship.accounts.access import needs, page
from mentorship.accounts.permissions import Permission
from mentorship.people.models import Secretary

from .common import done, sent

ORDER = [
    MentorStatus.APPOINTED,
    MentorStatus.ASSESSED,
    MentorStatus.NOMINATED,
    MentorStatus.ENDED,
    MentorStatus.DECLINED,
]


@page(needs(Permission.COHORT_VIEW))
def mentors(request, pk):
    cohort = cohort_for(request.user, pk, Permission.COHORT_VIEW)
    rows = list(cohort.mentors.for_lists().with_pairs_now().prefetch_related("strengths__subject"))
    groups = [(status.label, [row for row in rows if row.status == status]) for status in ORDER]
    return render(
        request,
        "cohorts/mentors.html",
        {
            "cohort": cohort,
            "groups": [(label, found) for label, found in groups if found],
            "appointed": sum(row.status == MentorStatus.APPOINTED for row in rows),
            "may_nominate": request.user.can(Permission.COHORT_EDIT, cohort.studio) and cohort.stage in open_stages(),
        },
    )


@page(needs(Permission.COHORT_EDIT))
def nominate(request, pk):
    cohort = cohort_for(request.user, pk, Permission.COHORT_EDIT)
    words = request.GET.get("q", "")
    people = Secretary.objects.visible_to(request.user).filter(studio=cohort.studio)
    form = NominateForm(
        sent(request),
        candidates=mentor_candidates(cohort, words),
        people=people,
        capacity=cohort.rules.mentees_per_mentor,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.nominate_mentor, by=request.user, cohort=cohort, **form.cleaned_data)
    ):
        messages.success(request, _("已推荐%(name)s，接下来考察三条。") % {"name": form.cleaned_data["secretary"]})
        return redirect("cohorts:mentors", cohort.pk)
    return render(request, "cohorts/nominate.html", {"cohort": cohort, "form": form, "q": words})


@page(needs(Permission.COHORT_EDIT))
def mentor_assess(request, pk):
    mentor = mentor_for(request.user, pk, Permission.COHORT_EDIT)
    form = AssessForm(sent(request), mentor=mentor)
    if request.method == "POST" and form.is_valid():
        if mentor.status in {MentorStatus.APPOINTED, MentorStatus.ENDED}:  # the rating stands; strengths may grow
            saved = done(form, actions.set_strengths, by=request.user, mentor=mentor, levels=form.levels())
        else:
            facts = {"ratings": form.ratings(), "levels": form.levels()}
            saved = done(form, actions.assess_mentor, by=request.user, mentor=mentor, **facts)
        if saved:
            messages.success(request, _("%(name)s的考察记好了。") % {"name": mentor})
            return redirect("cohorts:mentor", mentor.pk)
    return render(request, "cohorts/assess.html", {"mentor": mentor, "cohort": mentor.cohort, "form": form})


@page(needs(Permission.COHORT_DECIDE))
def mentor_appoint(request, pk):
    mentor = mentor_for(request.user, pk, Permission.COHORT_DECIDE)
    form = DeclineForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.appoint_mentor, by=request.user, mentor=mentor)
    ):
        messages.success(request, _("已聘任%(name)s。") % {"name": mentor})
        return redirect("cohorts:mentor", mentor.pk)
    return render(request, "cohorts/appoint.html", {"mentor": mentor, "cohort": mentor.cohort, "form": form})


@page(needs(Permission.COHORT_DECIDE))
def mentor_decline(request, pk):
    mentor = mentor_for(request.user, pk, Permission.COHORT_DECIDE)
    form = DeclineForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.decline_mentor, by=request.user, mentor=mentor, **form.cleaned_data)
    ):
        messages.success(request, _("%(name)s这次不聘。") % {"name": mentor})
        return redirect("cohorts:mentors", mentor.cohort_id)
    return render(
        request,
        "cohorts/decline.html",
        {"person": mentor, "cohort": mentor.cohort, "form": form, "back": "cohorts:mentor"},
    )


@page(needs(Permission.COHORT_EDIT))
def mentor_edit(request, pk):
    mentor = mentor_for(request.user, pk, Permission.COHORT_EDIT)
    form = MentorForm(sent(request), instance=mentor)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.edit_mentor, by=request.user, mentor=mentor, **form.cleaned_data)
    ):
        messages.success(request, _("已保存。"))
        return redirect("cohorts:mentor", mentor.pk)
    return render(request, "cohorts/mentor_edit.html", {"mentor": mentor, "cohort": mentor.cohort, "form": form})
