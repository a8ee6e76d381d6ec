from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for, mentor_for
from evaluations.logs.access import EXPORTERS, OFFICERS
from evaluations.logs.actions.rhythm import remind_mentor
from evaluations.logs.queries.rhythm import agreed_days, quiet_mentors
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused


@page(EXPORTERS, lagging=True)
def rhythm(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, Permission.LOG_VIEW)
    context = {
        "cohort": cohort,
        "days": agreed_days(cohort.rules),
        "quiet": quiet_mentors(cohort, cohort.studio.today()),
        "may_remind": request.user.can(Permission.LOG_EDIT, cohort.studio),
    }
    return render(request, "logs/log_rhythm.html", context)


@page(OFFICERS)
@require_POST
def remind(request, pk):
    """`pk` is the mentor."""
    mentor = mentor_for(request.user, pk, Permission.LOG_EDIT)
    try:
        remind_mentor(by=request.user, mentor=mentor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("提醒发给%(name)s了。") % {"name": mentor})
    return redirect("logs:rhythm", mentor.cohort_id)
