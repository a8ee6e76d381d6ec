from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.clinic.access import (
    CASE_READERS,
    DOCTORS,
    EDITORS,
    case_for,
    case_to,
    consult_for,
    may_discuss,
    own_consult,
)
from cohorts.clinic.actions import consulting, discussing
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.choices import CaseState, Urgency
from cohorts.clinic.forms.consulting import AdviseForm, AskForm, DeclineForm, ReleaseForm, RemarkForm, TriageForm
from cohorts.clinic.models import Case, Consult, Opinion
from cohorts.clinic.queries.case import asked_about, reader_of, subjects_in_words
from cohorts.clinic.queries.triage import candidates_for, reply_day, reply_days
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal

from .common import acted

ENOUGH = 2  # so many mentors see more than one


def to_case(pk, anchor: str = ""):
    return redirect(reverse("clinic:case", args=[pk]) + anchor)


@page(EDITORS)
def triage(request, pk):
    """Who is asked: the first time, or one more while opinions are given."""
    row = case_for(request.user, pk, Permission.CLINIC_EDIT)
    reader = reader_of(request.user, row)
    first = row.state == CaseState.WAITING
    if not first and (row.state != CaseState.CONSULTING or row.is_released):
        return redirect("clinic:case", pk)
    if not reader.office:
        messages.info(request, _("这件会诊与您有关，请由别人来分诊。"))
        return redirect("clinic:case", pk)
    form = TriageForm(sent(request), case=row, days=days_of(row)) if first else AskForm(sent(request), case=row)
    if form.is_bound and form.is_valid() and asked(request, form, row, first):
        return redirect("clinic:case", pk)
    candidates = candidates_for(row)
    context = {
        "case": row, "form": form, "first": first, "candidates": candidates, "affected": subjects_in_words(row),
        "chosen": chosen_of(form, candidates, first), "asked": asked_about(row),
    }  # fmt: skip
    return render(request, "clinic/triage.html", context)


def asked(request, form, row: Case, first: bool) -> bool:
    act = consulting.triage if first else consulting.ask_more
    facts = form.cleaned_data
    if first and not facts["reply_due"]:
        del facts["reply_due"]
    if not acted(form, act, by=request.user, case=row, **facts):
        return False
    messages.success(request, _("请好了，师傅们会收到消息。"))
    if first and len(facts["mentors"]) < ENOUGH:
        messages.warning(request, _("只请了一位。方便时再请一位，两个人看更稳当。"))
    return True


def days_of(row: Case) -> dict:
    """Urgency to its working days and the day they lead to; None where nobody knows which days are worked."""
    found = {}
    for urgency in Urgency.values:
        try:
            day = reply_day(row, urgency)
        except Refused:
            day = None
        found[urgency] = (reply_days(row.cohort.rules, urgency), day)
    return found


def chosen_of(form, candidates, first: bool) -> set[str]:
    if form.is_bound:
        return set(form.data.getlist("mentors"))
    return {str(each.mentor.pk) for each in candidates if each.best} if first else set()


@page(EDITORS)
@require_POST
def call_off(request, pk):
    """`pk` is the consult."""
    row = consult_for(request.user, pk, Permission.CLINIC_EDIT)
    case = row.case_id
    try:
        consulting.call_off(by=request.user, consult=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("不请这一位了，也告诉了对方。"))
    return to_case(case)


@page(DOCTORS)
def advise(request, pk):
    row = own_consult(request.user, pk)
    own = Opinion.objects.filter(consult=row).first()
    if request.method != "POST":
        if not reader_of(request.user, row.case).may_advise(own):
            return to_case(pk, "#opinions")
        first = {"version": own.version, "text": own.text} if own else {}
        return advise_page(request, row, AdviseForm(initial=first))
    form = AdviseForm(request.POST)
    if not form.is_valid():
        return advise_page(request, row, form)
    try:
        consulting.advise(by=request.user, consult=row, **form.cleaned_data)
    except Refused as refused:
        return advise_page(request, row, refused_form(form, refused, row), theirs=getattr(refused, "theirs", ""))
    messages.success(request, _("收到您的方子了。没有公开以前，您随时可以改。"))
    return to_case(pk, "#own")


def refused_form(form, refused: Refused, row: Consult):
    """After a conflict the next save counts as seen."""
    add_refusal(form, refused)
    if isinstance(refused, Stale):
        form.data = form.data.copy()
        form.data["version"] = Opinion.objects.get(consult=row).version
    return form


def advise_page(request, row: Consult, form, theirs: str = ""):
    context = {"case": row.case, "form": form, "theirs": theirs, "affected": subjects_in_words(row.case)}
    return render(request, "clinic/advise.html", context)


@page(DOCTORS)
def decline(request, pk):
    row = own_consult(request.user, pk)
    if Opinion.objects.filter(consult=row).exists():
        messages.info(request, _("您已经开了方，不用再婉拒。"))
        return redirect("clinic:case", pk)
    form = DeclineForm(sent(request))
    if form.is_bound and form.is_valid() and acted(form, consulting.decline, by=request.user, consult=row, **form.cleaned_data):  # fmt: skip
        messages.success(request, _("知道了，这件不请您看了。您忙您的。"))
        return redirect("/")
    return render(request, "clinic/decline.html", {"case": row.case, "form": form})


@page(EDITORS)
def release(request, pk):
    row = case_for(request.user, pk, Permission.CLINIC_EDIT)
    reader = reader_of(request.user, row)
    if row.state != CaseState.CONSULTING or row.is_released:
        return redirect("clinic:case", pk)
    if not reader.office:
        messages.info(request, _("这件会诊与您有关，请由别人来公开意见。"))
        return redirect("clinic:case", pk)
    form = ReleaseForm(sent(request), early=not row.is_late(row.studio.today()))
    if form.is_bound and form.is_valid() and acted(form, consulting.release, by=request.user, case=row, **form.cleaned_data):  # fmt: skip
        messages.success(request, _("意见公开了，提诊人和师傅们都会收到消息。"))
        return to_case(pk, "#opinions")
    return render(request, "clinic/release.html", {"case": row, "form": form, "asked": asked_about(row)})


@page(CASE_READERS)
@require_POST
def discuss(request, pk):
    row = case_to(request.user, pk, may_discuss)
    form = RemarkForm(request.POST)
    remark = form.is_valid() and acted(form, discussing.say, by=request.user, case=row, **form.cleaned_data)
    if remark:
        return to_case(pk, f"#remark-{remark.pk}")
    return render(request, "clinic/discuss.html", {"case": row, "form": form})
