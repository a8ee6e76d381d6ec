"""Letters of appointment and agreements: the lists of a cohort, each paper on its page and as a PDF, and what is done to it."""

import uuid

from django.contrib import messages
from django.core.files.base import ContentFile
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for, mentor_for
from cohorts.letters.actions import papers as actions
from cohorts.letters.exports_papers import agreement_pdf as pdf_of_agreement
from cohorts.letters.exports_papers import appointment_pdf as pdf_of_appointment
from cohorts.letters.forms.papers import (
    AgreementForm,
    AppointmentForm,
    DrawAllForm,
    EditAgreementForm,
    IssueAllForm,
    ReasonForm,
)
from cohorts.letters.models import Agreement, AppointmentLetter
from cohorts.letters.papers import APPOINTMENT_CLOSE, APPOINTMENT_HOPE, agreement_clauses, appointment_body, seal_of
from cohorts.letters.queries.papers import (
    agreement_words,
    mentors_without_letter,
    numbers_for,
    pairs_without_agreement,
    parties_of,
    party_of,
    presets_for,
    still_holds,
    weakest_of,
)
from cohorts.models import Pairing
from cohorts.views.common import done, sent
from mentorship.accounts.access import needs, page, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.private_files import private_response

LETTER_READERS = needs(Permission.LETTER_VIEW, Permission.MENTOR_HOME)
READERS = needs(Permission.LETTER_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
OFFICERS = needs(Permission.LETTER_EDIT)
PDF = "application/pdf"


def letter_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> AppointmentLetter:
    letter = get_object_or_404(AppointmentLetter.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, letter.studio)
    return letter


def agreement_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Agreement:
    agreement = get_object_or_404(Agreement.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, agreement.studio)
    return agreement


def pairing_for(user: User, pk: uuid.UUID, permission: Permission) -> Pairing:
    rows = Pairing.objects.visible_to(user).for_lists().select_related("cohort__rules", "cohort__studio")
    pairing = get_object_or_404(rows, pk=pk)
    require(user, permission, pairing.cohort.studio)
    return pairing


@page(LETTER_READERS)
def appointments(request, pk):
    """`pk` is the cohort. The studio sees every letter of it, a mentor their own."""
    cohort = cohort_for(request.user, pk)
    office = request.user.can(Permission.LETTER_VIEW, cohort.studio)
    rows = AppointmentLetter.objects.visible_to(request.user).filter(mentor__cohort=cohort).for_lists()
    context = {
        "cohort": cohort,
        "letters": list(rows.order_by("year", "serial")),
        "waiting": list(mentors_without_letter(cohort)) if office else [],
        "office": office,
        "may_edit": request.user.can(Permission.LETTER_EDIT, cohort.studio),
    }
    return render(request, "letters/appointment_list.html", context)


@page(LETTER_READERS)
def appointment(request, pk):
    letter = letter_for(request.user, pk)
    context = {
        "letter": letter,
        "body": appointment_body(
            reason=letter.reason, studio=letter.studio_name, term_from=letter.term_from, term_to=letter.term_to
        ),
        "hope": APPOINTMENT_HOPE,
        "close": APPOINTMENT_CLOSE,
        "seal": seal_of(letter.studio.short_name),
        "may_edit": request.user.can(Permission.LETTER_EDIT, letter.studio),
    }
    return render(request, "letters/appointment_page.html", context)


@page(LETTER_READERS)
def appointment_pdf(request, pk):
    letter = letter_for(request.user, pk)
    content = ContentFile(pdf_of_appointment(letter))
    return private_response(content, content_type=PDF, filename=f"聘书 {letter.name} {letter.number}.pdf")


@page(OFFICERS)
def appointment_issue(request, pk):
    """`pk` is the mentor."""
    mentor = mentor_for(request.user, pk, Permission.LETTER_EDIT)
    form = AppointmentForm(sent(request), cohort=mentor.cohort)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "mentor": mentor, **form.cleaned_data}
        if done(form, actions.issue_appointment, **facts):
            messages.success(request, _("%(name)s的聘书发好了。") % {"name": mentor})
            return redirect("letters:appointments", mentor.cohort_id)
    rows = numbers_for(mentor.cohort, [mentor], year_of(form, mentor.cohort))
    context = {"cohort": mentor.cohort, "form": form, "rows": rows, "mentor": mentor}
    return render(request, "letters/appointment_issue.html", context)


def year_of(form, cohort) -> int:
    """Of the date that was typed, or of the preset."""
    typed = form.cleaned_data.get("date") if form.is_bound and hasattr(form, "cleaned_data") else None
    return (typed or cohort.starts).year


@page(OFFICERS)
def appointment_issue_all(request, pk):
    """`pk` is the cohort. The numbers are shown first; if one was taken meanwhile, the new ones are shown."""
    cohort = cohort_for(request.user, pk, Permission.LETTER_EDIT)
    form = IssueAllForm(sent(request), cohort=cohort)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "cohort": cohort, **form.cleaned_data}
        if done(form, actions.issue_all, **facts):
            messages.success(request, _("聘书都发好了，可以逐份打印。"))
            return redirect("letters:appointments", cohort.pk)
    rows = numbers_for(cohort, mentors_without_letter(cohort), year_of(form, cohort))
    context = {"cohort": cohort, "form": form, "rows": rows, "first": rows[0].number if rows else ""}
    return render(request, "letters/appointment_issue.html", context)


@page(OFFICERS)
def appointment_void(request, pk):
    letter = letter_for(request.user, pk, Permission.LETTER_EDIT)
    form = ReasonForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.void_appointment, by=request.user, letter=letter, **form.cleaned_data)
    ):
        messages.success(request, _("%(number)s已作废，编号不再用。") % {"number": letter.number})
        return redirect("letters:appointments", letter.mentor.cohort_id)
    return render(request, "letters/appointment_void.html", {"letter": letter, "form": form})


@page(READERS)
def agreements(request, pk):
    """`pk` is the cohort. The studio sees every agreement of it, a mentor or mentee their own."""
    cohort = cohort_for(request.user, pk)
    office = request.user.can(Permission.LETTER_VIEW, cohort.studio)
    rows = Agreement.objects.visible_to(request.user).filter(pairing__cohort=cohort).for_lists()
    rows = list(rows.order_by("pairing__mentor__order", "pairing__mentor", "pairing__seat", "pairing__starts"))
    context = {
        "cohort": cohort,
        "agreements": rows,
        "signed": sum(row.is_signed for row in rows),
        "waiting": list(pairs_without_agreement(cohort)) if office else [],
        "office": office,
        "may_edit": request.user.can(Permission.LETTER_EDIT, cohort.studio),
    }
    return render(request, "letters/agreement_list.html", context)


@page(READERS)
def agreement(request, pk):
    row = agreement_for(request.user, pk)
    user, party = request.user, party_of(request.user, row)
    office = user.can(Permission.LETTER_EDIT, row.studio)
    open_to_sign = not getattr(row, f"{party}_signed_at") and row.pairing.ends is None
    may_edit = office and party == "studio"
    context = {
        "agreement": row,
        "pairing": row.pairing,
        "clauses": agreement_clauses(agreement_words(row)),
        "holds": still_holds(row),
        "parties": parties_of(row),
        "may_sign": open_to_sign and (office or party != "studio") and not user.is_represented,
        "asks_own_hands": open_to_sign and party != "studio" and user.is_represented,
        "may_edit": may_edit and not row.signed,
        "may_withdraw": may_edit and row.signed and (not row.is_signed or user.can(Permission.COHORT_DECIDE, row.studio)),
    }  # fmt: skip
    return render(request, "letters/agreement_page.html", context)


@page(READERS)
def agreement_pdf(request, pk):
    row = agreement_for(request.user, pk)
    names = "、".join(row.names[party]["name"] for party in ("mentor", "mentee"))
    return private_response(ContentFile(pdf_of_agreement(row)), content_type=PDF, filename=f"带教协议 {names}.pdf")


@page(OFFICERS)
def agreement_draw(request, pk):
    """`pk` is the pairing."""
    pairing = pairing_for(request.user, pk, Permission.LETTER_EDIT)
    form = AgreementForm(sent(request), initial=presets_for(pairing, weakest_of([pairing])))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.draw_agreement, by=request.user, pairing=pairing, **form.cleaned_data)
    ):
        messages.success(request, _("协议拟好了，已请师徒两位看过签字。"))
        return redirect("letters:agreements", pairing.cohort_id)
    context = {"cohort": pairing.cohort, "pairing": pairing, "form": form}
    return render(request, "letters/agreement_form.html", context)


@page(OFFICERS)
def agreement_draw_all(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, Permission.LETTER_EDIT)
    form = DrawAllForm(sent(request), initial={"date": cohort.studio.today()})
    waiting = list(pairs_without_agreement(cohort))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.draw_all, by=request.user, cohort=cohort, **form.cleaned_data)
    ):
        words = ngettext("拟好了%(n)s份协议。", "拟好了%(n)s份协议。", len(waiting)) % {"n": len(waiting)}
        messages.success(request, words)
        return redirect("letters:agreements", cohort.pk)
    return render(request, "letters/agreement_draw_all.html", {"cohort": cohort, "form": form, "waiting": waiting})


def having_seen(form, version: int) -> None:
    """What is sent next has seen the text that stands."""
    form.data = form.data.copy()
    form.data["version"] = version


@page(OFFICERS)
def agreement_edit(request, pk):
    row = agreement_for(request.user, pk, Permission.LETTER_EDIT)
    if row.signed and request.method != "POST":  # what was typed before the signature is shown again with the reason
        messages.error(request, _("已有人签字，文字不能再改。要改，先撤回签字。"))
        return redirect("letters:agreement", row.pk)
    form = EditAgreementForm(sent(request), agreement=row)
    conflict = False
    if request.method == "POST" and form.is_valid():
        if done(form, actions.edit_agreement, by=request.user, agreement=row, **form.cleaned_data):
            messages.success(request, _("协议改好了。"))
            return redirect("letters:agreement", row.pk)
        conflict = form.cleaned_data["version"] != row.version
        having_seen(form, row.version)
    context = {"cohort": row.pairing.cohort, "pairing": row.pairing, "agreement": row, "form": form}
    context |= {"conflict": conflict, "clauses": agreement_clauses(agreement_words(row))}
    return render(request, "letters/agreement_form.html", context)


@page(READERS)
@require_POST
def agreement_sign(request, pk):
    row = agreement_for(request.user, pk)
    party = party_of(request.user, row)
    if party == "studio":
        require(request.user, Permission.LETTER_EDIT, row.studio)
    version = request.POST.get("version", "")
    try:
        version = int(version) if version.isdecimal() else 0
        actions.sign_agreement(by=request.user, agreement=row, party=party, version=version)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("三方签齐了，文字从此不再改动。") if row.is_signed else _("签好了。"))
    return redirect("letters:agreement", row.pk)


@page(OFFICERS)
def agreement_withdraw(request, pk):
    row = agreement_for(request.user, pk, Permission.LETTER_EDIT)
    if row.is_signed:
        require(request.user, Permission.COHORT_DECIDE, row.studio)
    if not row.signed:
        messages.info(request, _("还没有人签字，可以直接改。"))
        return redirect("letters:agreement", row.pk)
    form = ReasonForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, actions.withdraw_signatures, by=request.user, agreement=row, **form.cleaned_data)
    ):
        messages.success(request, _("签字撤回了，可以改文字，改好再请三方签。"))
        return redirect("letters:agreement", row.pk)
    return render(request, "letters/agreement_withdraw.html", {"agreement": row, "form": form})
