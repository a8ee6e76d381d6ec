"""Writing a sheet: kept by the server while it is typed, saved as a draft, sent; and taken back, sent back, thrown away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.clinic.access import EDITORS, PRESENTERS, card_for, case_for, case_to, may_write
from cohorts.clinic.actions import files as file_actions
from cohorts.clinic.actions import sheet as actions
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.forms.sheet import CaseForm, ReturnForm, values_of
from cohorts.clinic.models import Case, CaseFile
from cohorts.clinic.queries.sheets import own_secretary, pointed_at
from cohorts.views.common import sent
from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_none
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.people.models import Secretary

from .common import acted
from .helping import may_present, offers, shown_places


@page(PRESENTERS)
def new(request):
    """Without a script every button leads here until the draft has an address of its own."""
    if not may_present(request):
        raise PermissionDenied
    key = uuid_or_none(request.POST.get("client_key"))
    case = Case.objects.visible_to(request.user).filter(studio=request.studio, client_key=key).first() if key else None
    return write(request, case)


@page(PRESENTERS)
def edit(request, pk):
    case = case_for(request.user, pk)
    if not may_write(request.user, case):
        raise PermissionDenied
    return write(request, case)


def write(request, case: Case | None):
    """Three ways to send the form: by the script while typing, as a draft, and in."""
    form = form_of(request, case)
    if request.method == "POST" and request.headers.get("X-Autosave") == "1":
        return autosave(request, case, form)
    conflict = None
    if form.is_bound:
        try:
            if answer := saved(request, case, form):
                return answer
        except Refused as refused:
            add_refusal(form, refused)
            conflict = stored(request, form) if isinstance(refused, Stale) else None
    case = stored(request, form) or case
    if form.is_bound and case:
        form.data = form.data.copy()
        form.data["version"] = case.version
    return render(request, "clinic/form.html", context_of(request, case, form) | {"conflict": conflict})


def form_of(request, case: Case | None) -> CaseForm:
    waits = case is not None and not case.is_draft
    return CaseForm(
        sent(request), request.FILES or None, sending=waits or "send" in request.POST,
        initial=values_of(case) if case else {"presenter": uuid_or_none(request.GET.get("secretary"))},
        files=case.files.all() if case else CaseFile.objects.none(), presenters=presenters_of(request, case),
    )  # fmt: skip


def presenters_of(request, case: Case | None):
    """Whom the office may file for; None where the presenter is known."""
    studio = case.studio if case else request.studio
    own = own_secretary(request.user, studio)
    if not request.user.can(Permission.CLINIC_EDIT, studio) or (case and (not case.is_draft or case.presenter == own)):
        return None
    return Secretary.objects.filter(studio=studio).on_register().for_lists()


def stored(request, form) -> Case | None:
    """The case as it stands now."""
    key = uuid_or_none(form["client_key"].value() if form.is_bound else None)
    return Case.objects.visible_to(request.user).filter(client_key=key).for_lists().first() if key else None


def context_of(request, case: Case | None, form) -> dict:
    texts = form.texts()
    found = pointed_at(case.studio if case else request.studio, texts) if form.is_bound and form.sending else {}
    returned = case and case.is_draft and case.number and case.notes.filter(kind=NoteKind.RETURNED).last()
    category = str(form["category"].value() or "")
    return {
        "case": case, "waits": case is not None and not case.is_draft, "form": form, "files": list(case.files.all()) if case else [], "returned": returned,
        "places": {field: shown_places(texts[field], places) for field, places in found.items()},
        "asks": bool(found) or "confirmed" in form.errors,
        "offers": offers(request, texts["title"], category) if texts["title"] and (not case or case.is_draft) else [],
        "lost": bool(request.FILES) and not form.kept,
    }  # fmt: skip


def saved(request, case: Case | None, form):
    """Keeps what is valid, and sends it when that was asked. None when a part needs another look; raises Refused."""
    whole = form.is_valid()
    data = form.cleaned_data
    if case and not case.is_draft and not already_sent(case, form):
        return changed(request, case, form) if whole else None
    if "client_key" not in data:
        raise Http404
    draft = actions.save_draft(
        by=request.user, studio=case.studio if case else request.studio, client_key=data["client_key"],
        version=data.get("version") or 0, presenter=data.get("presenter"), **form.words(),
    )  # fmt: skip
    if draft.is_draft:
        keep_files(request, draft, form)
    if not whole:
        return None
    if not form.sending:
        messages.success(request, _("草稿存好了。"))
        return redirect("clinic:edit", draft.pk)
    actions.send(by=request.user, case=draft, confirmed=data["confirmed"])
    messages.success(request, _("提交了，%(number)s。专员看过，会请合适的大梁来会诊。") % {"number": draft})
    return redirect("clinic:case", draft.pk)


def already_sent(case: Case, form) -> bool:
    """The button was pressed twice: the same form came once more after the case was sent."""
    return (form.cleaned_data.get("version") or 0) < case.version and "send" in form.data


def changed(request, case: Case, form):
    data = form.cleaned_data
    actions.change_sheet(
        by=request.user, case=case, version=data.get("version") or 0, confirmed=data["confirmed"], **form.words()
    )
    keep_files(request, case, form)
    messages.success(request, _("改好了。"))
    return redirect("clinic:case", case.pk)


def keep_files(request, case: Case, form) -> None:
    data = form.cleaned_data
    file_actions.remove_files(by=request.user, case=case, files=data.get("drop") or [])
    file_actions.add_files(by=request.user, case=case, uploads=data.get("files") or [])
    form.kept = True


def autosave(request, case: Case | None, form):
    """What the script shows: the version that is stored now and the draft's own address; `left`: how many fields could
    not be kept yet."""
    form.is_valid()
    data = form.cleaned_data
    if "client_key" not in data or (case and not case.is_draft):
        return JsonResponse({"stale": True}, status=409)
    try:
        draft = actions.save_draft(
            by=request.user, studio=case.studio if case else request.studio, client_key=data["client_key"],
            version=data.get("version") or 0, presenter=data.get("presenter"), **form.words(),
        )  # fmt: skip
    except Stale:
        return JsonResponse({"stale": True}, status=409)
    except Refused as refused:
        return JsonResponse({"refused": str(refused.message)})
    address = reverse("clinic:edit", args=[draft.pk])
    return JsonResponse({"version": draft.version, "address": address, "left": len(form.errors)})


@page(PRESENTERS)
@require_POST
def take_back(request, pk):
    case = case_to(request.user, pk, may_write)
    try:
        actions.take_back(by=request.user, case=case)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("clinic:case", pk)
    messages.success(request, _("收回来了，改好再交，编号不变。"))
    return redirect("clinic:edit", pk)


@page(PRESENTERS)
def discard(request, pk):
    case = case_for(request.user, pk)
    if not may_write(request.user, case) or not case.is_draft:
        raise PermissionDenied
    if request.method == "POST":
        key = case.client_key
        try:
            actions.discard(by=request.user, case=case)
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("clinic:edit", pk)
        messages.success(request, _("草稿删掉了。"))
        return redirect(f"{reverse('clinic:cases')}?done={key}")
    return render(request, "clinic/discard.html", {"case": case, "files": case.files.count()})


@page(EDITORS)
def send_back(request, pk):
    case = case_for(request.user, pk, Permission.CLINIC_EDIT)
    if case.state != CaseState.WAITING:
        raise Http404
    form = ReturnForm(sent(request))
    if (
        form.is_bound
        and form.is_valid()
        and acted(form, actions.send_back, by=request.user, case=case, **form.cleaned_data)
    ):
        messages.success(request, _("退回去了，提诊人会收到消息。"))
        return redirect("clinic:cases")
    return render(request, "clinic/send_back.html", {"case": case, "form": form})


@page(PRESENTERS)
@require_POST
def answered(request):
    """`case` or `card`: what was enough; `client_key`: the draft that is not needed any more, where one was begun."""
    asked = {name: uuid_or_none(request.POST.get(name)) for name in ("case", "card", "client_key")}
    if not asked["case"] and not asked["card"]:
        raise Http404
    case = case_for(request.user, asked["case"]) if asked["case"] else None
    card = card_for(request.user, asked["card"]) if asked["card"] else None
    require_part(request, (case or card).studio)
    drafts = Case.objects.visible_to(request.user).filter(client_key=asked["client_key"], state=CaseState.DRAFT)
    draft = drafts.first() if asked["client_key"] else None
    try:
        actions.answered_by(by=request.user, case=case, card=card, draft=draft)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("clinic:cases")
    messages.success(request, _("记下了，这次不用提了。以后用得上，随时再来提。"))
    done = f"?done={asked['client_key']}" if asked["client_key"] else ""
    return redirect(f"{reverse('clinic:cases')}{done}")


def require_part(request, studio) -> None:
    if not request.user.can(Permission.MENTEE_HOME, studio):
        require(request.user, Permission.CLINIC_EDIT, studio)
