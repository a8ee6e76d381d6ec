"""A case on its way: steps done, notes, checks, what is passed up."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.clinic.access import (
    CASE_READERS,
    EDITORS,
    READERS,
    case_for,
    case_to,
    may_answer,
    may_carry,
    may_reopen,
    step_for,
)
from cohorts.clinic.actions import following, planning
from cohorts.clinic.choices import CaseState, Check, Level, NoteKind
from cohorts.clinic.forms.course import CheckForm, EscalateForm, NoteForm, TextForm
from cohorts.clinic.models import Case
from cohorts.views.common import done, sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused


def asked(request, case: Case, form, act: Callable, template: str, said: str, context: dict | None = None, **facts):
    """A page with one form about the case, which does the act, says so and goes back to the case."""
    valid = form.is_bound and form.is_valid()
    if valid and done(form, act, by=request.user, case=case, **facts, **form.cleaned_data):
        messages.success(request, said)
        return redirect(back_to(request, case))
    return render(request, template, {"form": form, "case": case, **(context or {})})


def back_to(request, case: Case) -> str:
    """The case; the reader's home where it is out of their sight by now."""
    seen = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return reverse("clinic:case", args=[case.pk]) if seen else reverse("dashboards:home")


def not_now(request, case: Case, words: str):
    """For those who come back to an old page: how it stands, and the case."""
    messages.info(request, words)
    return redirect("clinic:case", case.pk)


def stands_so(case: Case) -> str:
    return _("这件会诊现在是“%(state)s”，不能这样办。") % {"state": case.get_state_display()}


@page(READERS)
@require_POST
def step_done(request, pk):
    words = request.POST.get("text", "")[:500]
    return step_acted(request, pk, planning.do_step, _("记下了，这一步办好了。"), text=words)


@page(READERS)
@require_POST
def step_undone(request, pk):
    return step_acted(request, pk, planning.undo_step, _("撤回了，这一步还没办好。"))


def step_acted(request, pk, act: Callable, said: str, **facts):
    step = step_for(request.user, pk)
    try:
        act(by=request.user, step=step, **facts)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    return redirect("clinic:case", step.case_id)


@page(READERS)
def settle(request, pk):
    case = case_to(request.user, pk, may_carry)
    if case.state != CaseState.ACTING:
        return not_now(request, case, stands_so(case))
    steps = list(case.steps.for_lists())
    undone = [step for step in steps if step.done_on is None]
    needed = bool(undone) or not steps
    ask = _("为什么不再办了") if undone else _("说明（可不写）") if steps else _("怎么办成的")
    form = TextForm(sent(request), ask=ask, needed=needed)
    context = {"steps": steps, "undone": undone}
    said = _("记下了。从今天起跟踪，满30天、90天各回访一次。")
    return asked(request, case, form, planning.settle, "clinic/settle.html", said, context)


@page(READERS)
def note(request, pk):
    case = case_to(request.user, pk, may_carry)
    if case.state not in following.NOTED_IN:
        return not_now(request, case, stands_so(case))
    return asked(
        request, case, NoteForm(sent(request), case=case), following.add_note, "clinic/note.html", _("记下了。")
    )


@page(READERS)
def check(request, pk):
    """?kind= the check that was asked for. What doesn't hold suggests what to do next."""
    case = case_to(request.user, pk, may_carry)
    kinds = following.due_checks(case)
    if not kinds:
        return not_now(request, case, _("现在没有要做的回访。"))
    kind = request.GET.get("kind")
    first = {"kind": kind} if kind in kinds else None
    form = CheckForm(sent(request), case=case, kinds=kinds, initial=first)
    answer = asked(request, case, form, following.check_after, "clinic/check.html", _("回访记下了，谢谢您跑这一趟。"))
    if answer.status_code == 302 and form.cleaned_data["result"] != Check.HOLDS:
        suggest(request, case)
    return answer


def suggest(request, case: Case) -> None:
    if case.is_closed and may_reopen(request.user, case):
        words, link, address = _("事情没有稳住。"), _("重新打开这件会诊"), reverse("clinic:reopen", args=[case.pk])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, address, link))
    else:
        messages.warning(request, _("事情没有稳住，先别报办结。接着跟踪，办不动就请工作室转上级。"))


@page(EDITORS)
def escalate(request, pk):
    case = case_for(request.user, pk, Permission.CLINIC_EDIT)
    if case.state not in following.PASSED_UP_FROM:
        return not_now(request, case, stands_so(case))
    return asked(
        request,
        case,
        EscalateForm(sent(request)),
        following.escalate,
        "clinic/escalate.html",
        _("转上去了，告诉了提诊人。"),
    )


@page(CASE_READERS)
def answer(request, pk):
    if case_for(request.user, pk).state != CaseState.ESCALATED:
        case = case_to(request.user, pk, may_carry)
        return not_now(request, case, stands_so(case))
    case = case_to(request.user, pk, may_answer)
    asked_for = case.notes.filter(kind=NoteKind.ESCALATED).select_related("by").last()
    form = TextForm(sent(request), ask=_("答复"), hint=_("能办什么、谁来办、哪天前；办不了也说明白。"))
    context = {"asked_for": asked_for, "level": Level(case.level).label if case.level else ""}
    return asked(
        request, case, form, following.answer_escalation, "clinic/answer.html", _("答复记下了，告诉了提诊人。"), context
    )
