"""What came of a case: reported, closed out or sent back, opened again, and whom it helped."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.clinic.access import EDITORS, READERS, case_for, case_to, may_carry, may_close, may_reopen
from cohorts.clinic.actions import closing
from cohorts.clinic.actions.uses import say_case_helped
from cohorts.clinic.choices import CaseState
from cohorts.clinic.forms.course import ReasonForm, ReportForm
from cohorts.clinic.models import Case
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from .course import asked, not_now, stands_so


@page(READERS)
def report(request, pk):
    case = case_to(request.user, pk, may_carry)
    if case.state != CaseState.FOLLOWING:
        early = case.state == CaseState.ACTING
        return not_now(request, case, _("先把办法落实，再报办结。") if early else stands_so(case))
    form = ReportForm(sent(request), case=case)
    return asked(request, case, form, closing.report, "clinic/report.html", _("报上去了，请别人来销号。"))


def case_to_close(request, pk) -> Case:
    """403 for whoever presented or reported it."""
    case = case_for(request.user, pk, Permission.CLINIC_EDIT)
    if case.awaits_close and not may_close(request.user, case):
        raise PermissionDenied
    return case


@page(EDITORS)
def close(request, pk):
    """What was reported, to be read once more, and the button."""
    case = case_to_close(request, pk)
    if not case.awaits_close:
        return not_now(request, case, _("还没有报办结，不用销号。") if case.is_open else stands_so(case))
    if request.method == "POST":
        try:
            closing.close(by=request.user, case=case)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("销号了，告诉了提诊人。经验好，可以再写成案例卡。"))
        return redirect("clinic:case", pk)
    context = {"case": case, "steps": case.steps.for_lists(), "reporter": case.reported_by}
    return render(request, "clinic/close.html", context)


@page(EDITORS)
def not_yet(request, pk):
    case = case_to_close(request, pk)
    if not case.awaits_close:
        return not_now(request, case, _("没有等着销号的办结。"))
    context = {"heading": _("还差一点，退回再办"), "lead": _("原来写的都留着，补上再报一次就行。")}
    said = _("退回去了，告诉了报办结的人。")
    return asked(request, case, reason_form(request, _("还差什么")), closing.not_yet, "clinic/act.html", said, context)


@page(READERS)
def reopen(request, pk):
    case = case_for(request.user, pk)
    if not case.is_closed:
        case = case_to(request.user, pk, may_carry)
        return not_now(request, case, stands_so(case))
    case = case_to(request.user, pk, may_reopen)
    context = {
        "heading": _("重新打开"),
        "lead": _("事情又回来了，就再办一回。原来的意见、步骤和经过都留着。"),
    }
    said = _("重新打开了，再定下一步。")
    return asked(
        request, case, reason_form(request, _("现在怎么样了")), closing.reopen, "clinic/act.html", said, context
    )


def reason_form(request, label: str) -> ReasonForm:
    form = ReasonForm(sent(request))
    form.fields["reason"].label = label
    return form


@page(READERS)
@require_POST
def helped(request, pk):
    case = case_for(request.user, pk)
    try:
        say_case_helped(by=request.user, case=case)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("谢谢您说一声，办这件事的人会看到。"))
    return redirect("clinic:case", pk)
