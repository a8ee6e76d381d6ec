"""The pool, the recommendation, the choice, the reserve list, the baseline."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts import actions
from cohorts.access import cohort_for, mentee_for, recommending_for
from cohorts.actions.common import open_stages
from cohorts.choices import MenteeStatus
from cohorts.filters import PoolFilter
from cohorts.forms import BaselineForm, DeclineForm, PickForm, RecommendForm
from cohorts.queries import candidate_obstacle, quota_of
from cohorts.queries import pool as pool_of
from mentorship.accounts.access import needs, page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.people.models import Secretary

from .common import done, sent


@page(needs(Permission.COHORT_VIEW, Permission.RECOMMEND))
def pool(request, pk):
    cohort = cohort_for(request.user, pk)
    places = recommending_for(request.user, cohort)
    if places == set():
        raise PermissionDenied
    subdistricts = list(cohort.studio.subdistricts)
    quota = quota_of(cohort, len(subdistricts))
    form = PoolFilter(request.GET, subdistricts=[row for row in subdistricts if places is None or row.pk in places])
    everyone = pool_of(cohort, places, quota=quota)
    rows = form.narrow(everyone)
    paper = page_of(request, rows)
    may = cohort.stage in open_stages() and request.user.can(Permission.RECOMMEND, cohort.studio)
    return render(
        request,
        "cohorts/pool.html",
        {
            "cohort": cohort,
            "filter": {"form": form},
            "page": paper,
            "found": len(rows),
            "may_recommend": may,
            "qualify": sum(row.qualifies for row in everyone),
            "total": len(everyone),
            "quota": quota,
            "count_text": ngettext("%(n)s名", "%(n)s名", len(rows)) % {"n": len(rows)},
            "may_view": request.user.can(Permission.COHORT_VIEW, cohort.studio),
        },
    )


@page(needs(Permission.RECOMMEND))
def recommend(request, pk, secretary_pk):
    cohort = cohort_for(request.user, pk)
    people = Secretary.objects.visible_to(request.user).filter(studio=cohort.studio).for_lists()
    secretary = get_object_or_404(people, pk=secretary_pk)
    require(request.user, Permission.RECOMMEND, cohort.studio, subdistrict_id=secretary.community.subdistrict_id)
    form = RecommendForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form, actions.recommend_mentee, by=request.user, cohort=cohort, secretary=secretary, **form.cleaned_data
        )
    ):
        messages.success(request, _("已推荐%(name)s。") % {"name": secretary})
        return redirect("cohorts:pool", cohort.pk)
    obstacle = candidate_obstacle(cohort, secretary)
    context = {"cohort": cohort, "secretary": secretary, "form": form, "obstacle": obstacle}
    return render(request, "cohorts/recommend.html", context)


@page(needs(Permission.COHORT_VIEW))
def mentees(request, pk):
    cohort = cohort_for(request.user, pk, Permission.COHORT_VIEW)
    rows = list(cohort.mentees.for_lists().with_measures().with_mentor_now())
    by_status = {status: [row for row in rows if row.status == status] for status in MenteeStatus}
    training = MenteeStatus.in_training() | {MenteeStatus.GRADUATED}
    return render(
        request,
        "cohorts/mentees.html",
        {
            "cohort": cohort,
            "recommended": by_status[MenteeStatus.RECOMMENDED],
            "chosen": [row for row in rows if row.status in training],
            "reserve": sorted(by_status[MenteeStatus.RESERVE], key=lambda row: row.reserve_rank or 0),
            "declined": by_status[MenteeStatus.DECLINED],
            "subjects": cohort.framework.subjects.count(),
            "may_decide": request.user.can(Permission.COHORT_DECIDE, cohort.studio) and cohort.stage in open_stages(),
            "may_edit": request.user.can(Permission.COHORT_EDIT, cohort.studio),
        },
    )


def pick(request, pk, act, words):
    """One of the two acts on ticked rows of the list."""
    cohort = cohort_for(request.user, pk, Permission.COHORT_DECIDE)
    form = PickForm(request.POST, cohort=cohort)
    if form.is_valid():
        try:
            n = act(by=request.user, mentees=form.cleaned_data["mentees"])
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, words(n))
    else:
        messages.error(request, form.errors["mentees"][0])
    return redirect("cohorts:mentees", cohort.pk)


@page(needs(Permission.COHORT_DECIDE))
@require_POST
def mentee_choose(request, pk):
    def words(n):
        return ngettext("已选定%(n)s名学员。", "已选定%(n)s名学员。", n) % {"n": n}

    return pick(request, pk, actions.choose_mentees, words)


@page(needs(Permission.COHORT_DECIDE))
@require_POST
def mentee_reserve(request, pk):
    def words(n):
        return ngettext("%(n)s名列入后备。", "%(n)s名列入后备。", n) % {"n": n}

    return pick(request, pk, actions.reserve_mentees, words)


@page(needs(Permission.COHORT_DECIDE))
@require_POST
def mentee_rank(request, pk):
    """Up or down one place on the reserve list."""
    mentee = mentee_for(request.user, pk, Permission.COHORT_DECIDE)
    try:
        actions.move_reserve(by=request.user, mentee=mentee, up=request.POST.get("to") == "up")
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("cohorts:mentees", mentee.cohort_id)


@page(needs(Permission.COHORT_DECIDE))
def mentee_decline(request, pk):
    mentee = mentee_for(request.user, pk, Permission.COHORT_DECIDE)
    form = DeclineForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.decline_mentee, by=request.user, mentee=mentee, **form.cleaned_data)
    ):
        messages.success(request, _("%(name)s这次未入选。") % {"name": mentee})
        return redirect("cohorts:mentees", mentee.cohort_id)
    return render(
        request,
        "cohorts/decline.html",
        {"person": mentee, "cohort": mentee.cohort, "form": form, "back": "cohorts:mentee"},
    )


@page(needs(Permission.COHORT_EDIT))
def mentee_baseline(request, pk):
    mentee = mentee_for(request.user, pk, Permission.COHORT_EDIT)
    form = BaselineForm(sent(request), mentee=mentee)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.set_baseline, by=request.user, mentee=mentee, levels=form.levels())
    ):
        messages.success(request, _("%(name)s的摸底记好了。") % {"name": mentee})
        return redirect("cohorts:mentee", mentee.pk)
    return render(request, "cohorts/baseline.html", {"mentee": mentee, "cohort": mentee.cohort, "form": form})
