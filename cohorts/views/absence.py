from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts import actions
from cohorts.access import mentor_for
from cohorts.forms import AbsenceForm
from cohorts.models import MentorAbsence
from mentorship.accounts.access import needs, page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from .common import done, sent

AWAY = needs(Permission.MENTOR_HOME, Permission.COHORT_EDIT)


def back_to(user, mentor):
    own = mentor.secretary.user_id == user.pk
    return redirect("dashboards:home") if own else redirect("cohorts:mentor", mentor.pk)


@page(AWAY)
def away(request, pk):
    """`pk` is the mentor: days away, and who looks after the apprentices."""
    mentor = mentor_for(request.user, pk)
    if mentor.secretary.user_id != request.user.pk and not request.user.can(Permission.COHORT_EDIT, mentor.studio):
        raise PermissionDenied
    form = AbsenceForm(sent(request), mentor=mentor)
    valid = form.is_bound and form.is_valid()
    if valid and done(form, actions.announce_absence, by=request.user, mentor=mentor, **form.cleaned_data):
        messages.success(request, _("说好了，代看的师傅和徒弟都会收到通知。"))
        return back_to(request.user, mentor)
    rows = mentor.absences.not_over(mentor.studio.today()).for_lists()
    context = {"mentor": mentor, "form": form, "absences": rows, "own": mentor.secretary.user_id == request.user.pk}
    return render(request, "cohorts/away.html", context)


@require_POST
@page(AWAY)
def back(request, pk):
    """`pk` is the absence."""
    absence = get_object_or_404(MentorAbsence.objects.visible_to(request.user).for_lists(), pk=pk)
    try:
        actions.end_absence(by=request.user, absence=absence)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("知道了，已经告诉代看的师傅和徒弟。"))
    return back_to(request.user, absence.mentor)
