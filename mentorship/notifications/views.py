from urllib.parse import quote

from django.contrib import messages
from django.db.models import Case, Count, F, Q, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.accounts.access import OWN_HANDS, SIGNED_IN, StepUp, needs, page, require
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.common.spreadsheets import XLSX

from . import actions
from .exports import receipts_xlsx
from .filters import InboxFilter, SentFilter
from .forms import MessageForm, WithdrawForm
from .models import Notice, Receipt
from .queries import not_done
from .words import words_of

TO_SIGN_BY = Q(
    notice__deadline__isnull=False, notice__needs_acknowledgement=True, notice__withdrawn_at=None, acknowledged_at=None
)
TURN = Case(When(TO_SIGN_BY, then=Value(0)), When(read_at=None, then=Value(1)), default=Value(2))


@page(SIGNED_IN)
def inbox(request):
    """What is to be signed by a certain day, then the unread, then newest first."""
    found = InboxFilter(request.GET, queryset=Receipt.objects.visible_to(request.user))
    mine = found.qs
    show = request.GET.get("show", "")
    receipts = {"unread": mine.unread(), "sign": mine.to_acknowledge()}.get(show, mine)
    ordered = (
        receipts.select_related("notice__sender")
        .alias(turn=TURN, by=Case(When(TO_SIGN_BY, then="notice__deadline")))
        .order_by("turn", F("by").asc(nulls_last=True), "-created_at", "id")
    )
    shown = page_of(request, ordered, per_page=30)
    rows = [(receipt, words_of(receipt.notice)) for receipt in shown]
    may_send = request.user.can(Permission.NOTICE_SEND, request.studio)
    return render(
        request,
        "notifications/inbox.html",
        {"page": shown, "rows": rows, "show": show, "may_send": may_send, "filter": found},
    )


@page(SIGNED_IN)
def notice(request, pk):
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user).select_related("notice__sender"), pk=pk)
    actions.mark_read(by=request.user, receipt=receipt)
    return render(request, "notifications/notice.html", {"receipt": receipt, "words": words_of(receipt.notice)})


@require_POST
@page(OWN_HANDS)
def acknowledge(request, pk):
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user).select_related("notice"), pk=pk)
    if not receipt.notice.needs_acknowledgement:
        raise Http404
    try:
        actions.acknowledge(by=request.user, receipt=receipt)
        messages.success(request, _("已签收，谢谢。"))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("notifications:notice", pk)


@page(SIGNED_IN)
def mine(request, pk):
    """From a reminder, which goes to many, to one's own copy of what it is about."""
    receipt = get_object_or_404(Receipt.objects.visible_to(request.user), notice=pk)
    return redirect("notifications:notice", receipt.pk)


@page(needs(Permission.NOTICE_SEND))
def send(request):
    if request.studio is None:
        raise Http404
    form = MessageForm(request.POST or None, studio=request.studio)
    if request.method == "POST" and form.is_valid():
        try:
            sent_one = actions.send_message(by=request.user, studio=request.studio, **form.cleaned_data)
            messages.success(request, _("通知发出去了。"))
            return redirect("notifications:sent_notice", sent_one.pk)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return render(request, "notifications/send.html", {"form": form})


@page(needs(Permission.NOTICE_SEND))
def sent(request):
    """What the studio has sent, and how many have read it."""
    notices = (
        Notice.objects.filter(studio=request.studio, studio__in=request.user.studios_with(Permission.NOTICE_SEND))
        .exclude(sender=None)
        .select_related("sender")
        .annotate(
            people=Count("receipts"),
            read=Count("receipts", filter=Q(receipts__read_at__isnull=False)),
            signed=Count("receipts", filter=Q(receipts__acknowledged_at__isnull=False)),
        )
        .order_by("-created_at", "id")
    )
    found = SentFilter(request.GET, queryset=notices)
    shown = page_of(request, found.qs, per_page=30)
    rows = [(row, words_of(row)) for row in shown]
    return render(request, "notifications/sent.html", {"page": shown, "rows": rows, "filter": found})


@page(needs(Permission.NOTICE_SEND))
def sent_notice(request, pk):
    """Who has read it and who has not."""
    row = sent_by_studio(request, pk)
    receipts = row.receipts.select_related("recipient").order_by("recipient__name")
    waiting = set(not_done(row).values_list("pk", flat=True))
    context = {
        "notice": row,
        "words": words_of(row),
        "done": [receipt for receipt in receipts if receipt.pk not in waiting],
        "waiting": [receipt for receipt in receipts if receipt.pk in waiting],
    }
    return render(request, "notifications/sent_notice.html", context)


@require_POST
@page(needs(Permission.NOTICE_SEND))
def remind(request, pk):
    try:
        n = actions.remind(by=request.user, notice=sent_by_studio(request, pk))
        messages.success(request, ngettext("提醒了%(n)s位。", "提醒了%(n)s位。", n) % {"n": n})
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("notifications:sent_notice", pk)


@page(needs(Permission.NOTICE_SEND))
def withdraw(request, pk):
    row = sent_by_studio(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(by=request.user, notice=row, **form.cleaned_data)
            messages.success(request, _("撤回了。收到的人会看到原因。"))
            return redirect("notifications:sent_notice", pk)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return render(request, "notifications/withdraw.html", {"notice": row, "words": words_of(row), "form": form})


@page(needs(Permission.NOTICE_SEND), step_up=StepUp.OPEN, lagging=True)
def sent_export(request, pk):
    row = sent_by_studio(request, pk)
    content = receipts_xlsx(row)
    record(by=request.user, verb="notice.exported", on=row, studio=row.studio_id)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('签收名单'))}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sent_by_studio(request, pk) -> Notice:
    row = get_object_or_404(
        Notice.objects.visible_to(request.user).select_related("studio", "sender", "withdrawn_by"), pk=pk
    )
    require(request.user, Permission.NOTICE_SEND, row.studio)
    return row
