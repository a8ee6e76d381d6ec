from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.meetings import actions
from cohorts.meetings.access import EDITORS, READERS, meeting_for, minutes_for
from cohorts.meetings.exports import minutes_pdf_of, sheet_of
from cohorts.meetings.forms import ReasonForm
from cohorts.meetings.queries import body_of, is_whole
from cohorts.views.common import sent
from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.versions import acted
from mentorship.notifications.actions import remind

from .common import with_reason


@page(EDITORS)
def issue(request, pk):
    """What will be printed, to be read once more, and the button that freezes it."""
    row = meeting_for(request.user, pk, Permission.MEETING_EDIT)
    if row.state != "held":
        raise Http404
    corrects = row.minutes.exists()
    form = ReasonForm(sent(request))
    form.fields["reason"].required = corrects
    if form.is_bound and form.is_valid():
        made = acted(form, actions.issue_minutes, by=request.user, meeting=row, **form.cleaned_data)
        if made:
            messages.success(request, _("纪要印发了，请与会的人看过签收。"))
            return redirect("meetings:minutes", made.pk)
    context = {"meeting": row, "form": form, "corrects": corrects, "sheet": sheet_of(row.studio, body_of(row))}
    return render(request, "meetings/issue.html", context)


@page(EDITORS)
def open_again(request, pk):
    row = meeting_for(request.user, pk, Permission.MEETING_EDIT)
    if not row.is_issued:
        raise Http404
    said, then = _("可以改记录了。改好以后再印发一版，原来的一版还在。"), ("meetings:record", pk)
    return with_reason(request, actions.reopen, "meetings/reopen.html", said, then, {}, meeting=row)


@page(READERS)
def minutes(request, pk):
    """As issued, with who has read and acknowledged it for those who keep the meetings."""
    row = minutes_for(request.user, pk)
    keeps = request.user.can(Permission.MEETING_VIEW, row.studio_id)
    receipts = row.notice.receipts.select_related("recipient").order_by("recipient__name") if row.notice else []
    mine = next((each for each in receipts if each.recipient_id == request.user.pk), None)
    context = {
        "minutes": row, "meeting": row.meeting, "sheet": sheet_of(row.studio, row.body, row.date),
        "whole": is_whole(row), "receipts": receipts if keeps else [], "mine": mine,
        "signed": sum(1 for each in receipts if each.acknowledged_at),
        "newer": row.meeting.minutes.filter(version__gt=row.version).first(),
        "edits": request.user.can(Permission.MEETING_EDIT, row.studio_id),
    }  # fmt: skip
    return render(request, "meetings/minutes.html", context)


@page(READERS)
def pdf(request, pk):
    row = minutes_for(request.user, pk)
    response = HttpResponse(minutes_pdf_of(row), content_type="application/pdf")
    name = quote(f"{row.body['title']}.pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(EDITORS)
@require_POST
def remind_readers(request, pk):
    row = minutes_for(request.user, pk)
    require(request.user, Permission.MEETING_EDIT, row.studio_id)
    try:
        if row.notice is None:
            raise Refused(_("没有发给谁，不用提醒。"))
        remind(by=request.user, notice=row.notice)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("提醒发出去了。"))
    return redirect("meetings:minutes", pk)
