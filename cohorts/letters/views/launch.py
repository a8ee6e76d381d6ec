"""开班流程: the sheet that is printed for the day, the page on which it is arranged, and the reminders on it."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for, mentor_for
from cohorts.letters.actions import launch as actions
from cohorts.letters.forms.launch import ItemForm, SheetForm
from cohorts.letters.models import LaunchItem, LaunchSheet
from cohorts.letters.queries.launch import groups_of, outstanding_in, timetable
from cohorts.models import Cohort
from cohorts.views.common import done, sent
from mentorship.accounts.access import needs, page, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from .papers import having_seen, pairing_for

READERS = needs(Permission.LETTER_VIEW)
OFFICERS = needs(Permission.LETTER_EDIT)


def sheet_of(cohort: Cohort) -> LaunchSheet | None:
    return LaunchSheet.objects.filter(cohort=cohort).first()


def item_for(user: User, pk: uuid.UUID) -> LaunchItem:
    item = get_object_or_404(LaunchItem.objects.visible_to(user).select_related("sheet__cohort__studio"), pk=pk)
    require(user, Permission.LETTER_EDIT, item.sheet.cohort.studio)
    return item


@page(READERS)
def launch(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, Permission.LETTER_VIEW)
    sheet, groups = sheet_of(cohort), groups_of(cohort)
    context = {
        "cohort": cohort,
        "sheet": sheet,
        "items": timetable(sheet) if sheet else [],
        "groups": groups,
        "out": outstanding_in(groups),
        "may_edit": request.user.can(Permission.LETTER_EDIT, cohort.studio),
    }
    return render(request, "letters/launch_sheet.html", context)


@page(OFFICERS)
@require_POST
def launch_open(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, Permission.LETTER_EDIT)
    try:
        actions.open_sheet(by=request.user, cohort=cohort)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("letters:launch", cohort.pk)
    messages.success(request, _("流程按惯例排好了，时间、次序、谁来读，都可以改。"))
    return redirect("letters:launch_edit", cohort.pk)


def arranging(request, cohort, sheet, *, form=None, adding=None, conflict=False):
    context = {
        "cohort": cohort,
        "sheet": sheet,
        "form": form or SheetForm(instance=sheet),
        "adding": adding or ItemForm(cohort=cohort),
        "items": timetable(sheet),
        "conflict": conflict,
    }
    return render(request, "letters/launch_edit.html", context)


@page(OFFICERS)
def launch_edit(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, Permission.LETTER_EDIT)
    sheet = sheet_of(cohort)
    if sheet is None:
        return redirect("letters:launch", cohort.pk)
    form = SheetForm(sent(request), instance=sheet)
    conflict = False
    if request.method == "POST" and form.is_valid():
        if done(form, actions.change_sheet, by=request.user, sheet=sheet, **form.cleaned_data):
            messages.success(request, _("流程存好了。"))
            return redirect("letters:launch", cohort.pk)
        sheet = sheet_of(cohort)
        conflict = form.cleaned_data["version"] != sheet.version
        having_seen(form, sheet.version)
    return arranging(request, cohort, sheet, form=form, conflict=conflict)


@page(OFFICERS)
@require_POST
def launch_add(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, Permission.LETTER_EDIT)
    sheet = sheet_of(cohort)
    if sheet is None:
        return redirect("letters:launch", cohort.pk)
    adding = ItemForm(request.POST, cohort=cohort)
    if adding.is_valid() and done(adding, actions.add_item, by=request.user, sheet=sheet, **adding.cleaned_data):
        messages.success(request, _("加好了，在最后，可以往前挪。"))
        return redirect("letters:launch_edit", cohort.pk)
    return arranging(request, cohort, sheet, adding=adding)


@page(OFFICERS)
@require_POST
def launch_move(request, pk):
    """`pk` is the item; `to` is up or down."""
    item = item_for(request.user, pk)
    actions.move_item(by=request.user, item=item, up=request.POST.get("to") == "up")
    return redirect("letters:launch_edit", item.sheet.cohort_id)


@page(OFFICERS)
@require_POST
def launch_remove(request, pk):
    """`pk` is the item."""
    item = item_for(request.user, pk)
    cohort, title = item.sheet.cohort_id, item.title
    actions.remove_item(by=request.user, item=item)
    messages.success(request, _("“%(title)s”去掉了。") % {"title": title})
    return redirect("letters:launch_edit", cohort)


@page(OFFICERS)
@require_POST
def launch_remind_mentee(request, pk):
    """`pk` is the pairing."""
    pairing = pairing_for(request.user, pk, Permission.LETTER_EDIT)
    return reminded(request, pairing.cohort_id, pairing.mentee, actions.remind_mentee, pairing=pairing)


@page(OFFICERS)
@require_POST
def launch_remind_mentor(request, pk):
    """`pk` is the mentor."""
    mentor = mentor_for(request.user, pk, Permission.LETTER_EDIT)
    return reminded(request, mentor.cohort_id, mentor, actions.remind_mentor, mentor=mentor)


def reminded(request, cohort_id, person, act, **of):
    try:
        act(by=request.user, **of)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("提醒发给%(name)s了。") % {"name": person})
    return redirect("letters:launch", cohort_id)
