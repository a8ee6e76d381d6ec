from dataclasses import asdict

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.meetings import actions
from cohorts.meetings.access import EDITORS, READERS, may_keep, meeting_for, meeting_to_keep
from cohorts.meetings.choices import MeetingKind, OutcomeKind
from cohorts.meetings.filters import MeetingFilter
from cohorts.meetings.forms import ItemFormSet, PlanForm, RecordForm, RollForm
from cohorts.meetings.forms.planning import first_values, values_of
from cohorts.meetings.models import Meeting
from cohorts.meetings.queries import agenda_for, counted, last_items, seats_of
from cohorts.training.views.common import open_cohorts
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_none
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.common.plugs import answers_to
from mentorship.common.versions import acted

from .common import refuse, with_reason

PER_PAGE = 30
VIEWS = {"": "coming", "past": "past", "all": "all"}


@page(READERS)
def meetings(request):
    """What is coming; ?when=past what was, ?when=all everything. A filter looks through everything."""
    rows = Meeting.objects.visible_to(request.user).filter(studio=request.studio).distinct()
    found = MeetingFilter(request.GET, queryset=rows)
    filtered = any(request.GET.get(name) for name in found.filters)
    when = "all" if filtered else VIEWS.get(request.GET.get("when", ""), "coming")
    listed = found.qs.for_lists()
    if request.studio and when == "coming":
        listed = listed.standing().filter(date__gte=request.studio.today())
    elif request.studio:
        listed = listed.order_by("-date", "-starts_at", "id")
        listed = listed.filter(date__lt=request.studio.today()) if when == "past" else listed
    shown = page_of(request, listed, PER_PAGE)
    count = shown.paginator.count
    context = {
        "filter": found, "page": shown, "filtered": filtered, "when": when,
        "may_edit": bool(request.studio) and request.user.can(Permission.MEETING_EDIT, request.studio),
        "count_text": ngettext("%(n)s次会", "%(n)s次会", count) % {"n": count},
    }  # fmt: skip
    return render(request, "meetings/meetings.html", context)


@page(READERS)
def meeting(request, pk):
    row = meeting_for(request.user, pk)
    attendees = list(seats_of(row))
    edits = request.user.can(Permission.MEETING_EDIT, row.studio_id)
    keeps = may_keep(request.user, row)
    sees_all = request.user.can(Permission.MEETING_VIEW, row.studio_id)
    said = row.took_place and (row.is_issued or keeps or sees_all)
    context = {
        "meeting": row, "attendees": attendees, "counted": counted(attendees), "edits": edits, "keeps": keeps,
        "agenda": agenda_for(row, sees_all), "today": row.studio.today(), "said": said,
        "may_record": keeps and not row.is_issued and not row.is_cancelled and row.date <= row.studio.today(),
        "may_issue": edits and row.state == "held" and row.written_by_id,
        "own_hand": row.written_by_id == request.user.pk,
        "minutes": row.minutes.select_related("issued_by"), "products": row.products.all(),
        "sees_all": sees_all,
    }  # fmt: skip
    if said:
        context |= written(row)
    return render(request, "meetings/meeting.html", context)


def written(row: Meeting) -> dict:
    texts = {kind: [] for kind in OutcomeKind.values}
    for outcome in row.outcomes.order_by("order"):
        texts[outcome.kind].append(outcome.text)
    return {
        "texts": texts,
        "speeches": row.speeches.select_related("speaker__secretary", "speaker__user"),
        "items": row.items.for_lists().order_by("number"),
    }


@page(EDITORS)
def plan(request):
    """?kind= what; ?cohort= whose; ?from= what a seminar opens with, such as case:<id>."""
    cohorts = open_cohorts(request)
    asked = uuid_or_none(request.GET.get("cohort"))
    cohort = next((each for each in cohorts if each.pk == asked), cohorts[0] if cohorts else None)
    if cohort is None:
        return render(request, "meetings/form.html", {"cohort": None})
    kind = request.GET.get("kind", "")
    kind = kind if kind in MeetingKind.values else MeetingKind.WORK
    initial = first_values(cohort, kind, request.user) | opening_values(request)
    form = PlanForm(sent(request), cohort=cohort, initial=initial)
    if form.is_bound and form.is_valid():
        made = acted(form, actions.plan_meeting, by=request.user, cohort=cohort, **form.facts())
        if made:
            messages.success(request, _("排好了，已经通知要来的人。"))
            return redirect("meetings:meeting", made.pk)
    return render(request, "meetings/form.html", {"form": form, "cohort": cohort, "cohorts": cohorts})


def opening_values(request) -> dict:
    """What the first part of the studio that knows ?from= offers; nothing for what this reader may not read."""
    key = request.GET.get("from", "")
    offered = (answer(request.user, key) for answer in answers_to("openings_of")) if key else ()
    return next((asdict(each) for each in offered if each), {})


@page(EDITORS)
def change(request, pk):
    row = meeting_for(request.user, pk, Permission.MEETING_EDIT)
    if not row.is_planned:
        raise Http404
    form = PlanForm(sent(request), cohort=row.cohort, meeting=row, initial=values_of(row))
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_meeting(by=request.user, meeting=row, version=version, **form.facts())
        except Refused as refused:
            refuse(form, refused, row)
        else:
            messages.success(request, _("改好了。改了时间地点的，有关的人会收到通知。"))
            return redirect("meetings:meeting", pk)
    return render(request, "meetings/form.html", {"form": form, "cohort": row.cohort, "meeting": row})


@page(EDITORS)
def cancel(request, pk):
    row = meeting_for(request.user, pk, Permission.MEETING_EDIT)
    if not row.is_planned:
        raise Http404
    said, then = _("取消了，已经通知有关的人。"), ("meetings:meeting", pk)
    return with_reason(request, actions.cancel_meeting, "meetings/cancel.html", said, then, {}, meeting=row)


@page(READERS)
def roll(request, pk):
    row = meeting_to_keep(request.user, pk)
    form = RollForm(sent(request), meeting=row)
    if form.is_bound and form.is_valid():
        done = acted(form, actions.call_roll, by=request.user, meeting=row, roll=form.roll())
        if done:
            messages.success(request, _("到会情况记下了。"))
            return redirect("meetings:meeting", pk)
    return render(request, "meetings/roll.html", {"meeting": row, "form": form})


@page(READERS)
def write(request, pk):
    """The record: may be saved again and again until the minutes are issued."""
    row = meeting_to_keep(request.user, pk)
    if row.is_issued or row.is_cancelled:
        raise Http404
    form = RecordForm(sent(request), meeting=row, initial=RecordForm.values_of(row))
    items = ItemFormSet(sent(request), meeting=row, initial=ItemFormSet.values_of(row), prefix="items")
    if form.is_bound and all([form.is_valid(), items.is_valid()]):
        try:
            actions.write_record(by=request.user, meeting=row, items=items.items(), **form.facts())
        except Refused as refused:
            refuse(form, refused, row)
        else:
            messages.success(request, _("会议记录存好了。"))
            return redirect("meetings:meeting", pk)
    context = {"meeting": row, "form": form, "items": items, "last": [] if row.is_seminar else last_items(row)}
    return render(request, "meetings/record.html", context)
