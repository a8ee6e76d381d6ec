"""Wishes of both sides, and pairs that may not be."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.models import Mentee, Mentor
from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal

from .. import actions
from ..choices import Side
from ..forms import BarForm, WishForm
from ..models import Bar, Wish
from ..queries import bar_list, wish_lines
from ..queries.members import people_of
from .common import EDITS, SEES, cohort_for


@page(SEES)
def wishes(request, pk):
    cohort = cohort_for(request, pk)
    lines = wish_lines(cohort)
    return render(
        request,
        "matching/wishes.html",
        {
            "cohort": cohort,
            "sides": [(_("学员的意愿"), lines[Side.MENTEE]), (_("师傅的意愿"), lines[Side.MENTOR])],
            "may_edit": cohort.is_open_to_selection and request.user.can(Permission.MATCH_EDIT, cohort.studio),
        },
    )


@page(EDITS)
def wish(request, side, pk):
    """The officer writes down whom one member would like, up to three."""
    model, other_side = (Mentor, Side.MENTEE) if side == Side.MENTOR else (Mentee, Side.MENTOR)
    members = model.objects.visible_to(request.user).select_related("cohort__studio", "secretary__community")
    member = get_object_or_404(members, pk=pk)
    require(request.user, Permission.MATCH_EDIT, member.studio_id)
    mentors, mentees = people_of(member.cohort)
    now = Wish.objects.filter(side=side, **{side: member}).order_by("rank")
    form = WishForm(
        request.POST or None,
        others=mentees if side == Side.MENTOR else mentors,
        chosen=now.values_list(other_side.value, flat=True),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_wishes(by=request.user, member=member, chosen=form.chosen)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("%(name)s的意愿记下了。") % {"name": member})
            return redirect("matching:wishes", pk=member.cohort_id)
    return render(
        request, "matching/wish.html", {"form": form, "member": member, "cohort": member.cohort, "side": side}
    )


@page(SEES)
def bars(request, pk):
    cohort = cohort_for(request, pk, Permission.MATCH_EDIT if request.method == "POST" else Permission.MATCH_VIEW)
    form = BarForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            actions.bar(by=request.user, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("已登记回避，新配对不会把他们放在一起。"))
            return redirect("matching:bars", pk=cohort.pk)
    may_edit = cohort.is_open_to_selection and request.user.can(Permission.MATCH_EDIT, cohort.studio)
    return render(
        request, "matching/bars.html", {"cohort": cohort, "form": form, "bars": bar_list(cohort), "may_edit": may_edit}
    )


@page(EDITS)
@require_POST
def unbar(request, pk):
    rows = Bar.objects.visible_to(request.user).select_related("cohort", "mentor__secretary", "mentee__secretary")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.MATCH_EDIT, row.studio_id)
    try:
        actions.unbar(by=request.user, bar=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("这一条回避已取消。"))
    return redirect("matching:bars", pk=row.cohort_id)
