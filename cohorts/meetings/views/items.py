from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.meetings import actions
from cohorts.meetings.access import EDITORS, READERS, item_for
from cohorts.meetings.exports import items_table_of
from cohorts.meetings.filters import ItemFilter
from cohorts.meetings.forms import ProgressForm
from cohorts.meetings.models import ActionItem
from cohorts.views.common import sent
from mentorship.accounts.access import StepUp, needs, page, require
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.common.spreadsheets import XLSX

from .common import refuse, with_reason

PER_PAGE = 40
VIEWERS = needs(Permission.MEETING_VIEW)


def found_in(request) -> ItemFilter:
    rows = ActionItem.objects.visible_to(request.user).filter(studio=request.studio).distinct()
    return ItemFilter(request.GET, queryset=rows, request=request)


@page(READERS)
def items(request):
    """What still waits, the nearest day first; ?when=all everything. A filter looks through everything."""
    found = found_in(request)
    filtered = any(request.GET.get(name) for name in found.filters)
    everything = filtered or request.GET.get("when") == "all"
    listed = found.qs.for_lists() if everything else found.qs.for_lists().waiting()
    shown = page_of(request, listed, PER_PAGE)
    count = shown.paginator.count
    today = request.studio.today() if request.studio else None
    context = {
        "filter": found, "page": shown, "filtered": filtered, "everything": everything,
        "rows": [(row, row.is_late(today)) for row in shown],
        "exports": bool(request.studio) and request.user.can(Permission.MEETING_VIEW, request.studio),
        "count_text": ngettext("%(n)s项", "%(n)s项", count) % {"n": count},
    }  # fmt: skip
    return render(request, "meetings/items.html", context)


@page(VIEWERS, step_up=StepUp.OPEN, lagging=True)
def export(request):
    found = found_in(request)
    if not found.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect("meetings:items")
    rows = list(found.qs.for_lists())
    record(by=request.user, verb="items.exported", on=request.studio, studio=request.studio, after={"rows": len(rows)})
    response = HttpResponse(items_table_of(rows), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('议定事项'))}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(READERS)
def item(request, pk):
    """One item: how far it is; its owner writes, another closes it out."""
    row = item_for(request.user, pk)
    writes = row.is_waiting and row.may_be_kept_by(request.user)
    form = ProgressForm(sent(request), initial={"version": row.version, "progress": row.progress})
    if form.is_bound:
        if not writes:
            require(request.user, Permission.MEETING_EDIT, row.studio_id)
        if form.is_valid():
            done = request.POST.get("done") == "1"
            try:
                actions.report_item(by=request.user, item=row, done=done, **form.cleaned_data)
            except Refused as refused:
                refuse(form, refused, row)
            else:
                messages.success(request, _("报上去了，请别人来销号。") if done else _("进展记下了。"))
                return redirect("meetings:item", pk)
    edits = request.user.can(Permission.MEETING_EDIT, row.studio_id)
    own = request.user in (row.owner.account, row.reported_by)
    context = {
        "item": row, "form": form, "writes": writes, "edits": edits, "own": own, "late": row.is_late(row.studio.today()),
        "sees_all": request.user.can(Permission.MEETING_VIEW, row.studio_id),
    }  # fmt: skip
    return render(request, "meetings/item.html", context)


@page(EDITORS)
@require_POST
def close(request, pk):
    row = item_for(request.user, pk, Permission.MEETING_EDIT)
    try:
        actions.close_item(by=request.user, item=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("已销号。"))
    return redirect("meetings:item", pk)


@page(EDITORS)
def back(request, pk):
    return ended(request, pk, actions.send_back, _("退回去了，告诉了牵头的人。"), _("退回再办"))


@page(EDITORS)
def drop(request, pk):
    return ended(request, pk, actions.drop_item, _("记下了，这一项不再办。"), _("不再办"))


def ended(request, pk, act, said: str, heading: str):
    row, then = item_for(request.user, pk, Permission.MEETING_EDIT), ("meetings:item", pk)
    return with_reason(request, act, "meetings/item_reason.html", said, then, {"heading": heading}, item=row)
