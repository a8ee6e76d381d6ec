from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.clinic.access import EDITORS, case_for, invitation_for
from cohorts.clinic.actions import guests
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.forms.consulting import GuestForm, RemarkForm
from cohorts.clinic.forms.guests import InviteForm
from cohorts.clinic.models import Invitation, Opinion
from cohorts.clinic.queries.case import subjects_in_words
from cohorts.views.common import sent
from mentorship.accounts.access import PUBLIC, page
from mentorship.accounts.choices import Language, TextSize
from mentorship.accounts.permissions import Permission
from mentorship.accounts.throttle import Guessing
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.qr import qr_of

from .common import acted

wrong_links = Guessing("guest link", most=20)


@page(EDITORS)
def invite(request, pk):
    """The answer shows the link: it stands there and nowhere else."""
    row = case_for(request.user, pk, Permission.CLINIC_EDIT)
    if row.sensitive or row.state not in guests.welcoming():
        messages.info(request, _("涉及隐私的事不外请。") if row.sensitive else _("会诊的时候才外请。"))
        return redirect("clinic:case", pk)
    form = InviteForm(sent(request))
    if form.is_bound and form.is_valid():
        made = acted(form, guests.invite, by=request.user, case=row, **form.cleaned_data)
        if made:
            return invited(request, *made)
    return render(request, "clinic/invite.html", {"case": row, "form": form})


def invited(request, invitation: Invitation, token: str):
    path = reverse("clinic:guest", args=[token])
    context = {
        "case": invitation.case, "invitation": invitation, "address": request.build_absolute_uri(path),
        "qr": qr_of(path),
    }  # fmt: skip
    return kept_private(render(request, "clinic/invited.html", context))


@page(EDITORS)
@require_POST
def revoke(request, pk):
    row = invitation_for(request.user, pk, Permission.CLINIC_EDIT)
    guests.revoke(by=request.user, invitation=row)
    messages.success(request, _("链接收回了，从现在起打不开。"))
    return redirect("clinic:case", row.case_id)


@page(PUBLIC)
def guest(request, token):
    """Without signing in: the link stands for its guest, and opens nothing but this case. Unknown, expired, taken back
    and closed answer alike."""
    found = None if wrong_links.must_wait(request) else guests.invitation_with(token)
    if found is None:
        wrong_links.count(request)
        return kept_private(render(request, "clinic/guest_gone.html", status=404))
    guests.note_opened(found)
    choose_looks(request)
    own = Opinion.objects.filter(invitation=found).first()
    advise, say, theirs = guest_forms(found, own)
    if request.method == "POST":
        form = say if "say" in request.POST else advise
        if form is not None:
            form, said = guest_act(request, found, form)
            if said:
                return kept_private(redirect(request.get_full_path()))
            theirs = getattr(form, "theirs", "")
            advise, say = (form, say) if isinstance(form, GuestForm) else (advise, form)
    return kept_private(render(request, "clinic/guest.html", guest_page(found, own, advise, say, theirs)))


def choose_looks(request) -> None:
    """Size and language by links to this page itself: its forms reach no other page, and nothing is kept on the device."""
    if request.GET.get("text") in TextSize.values:
        request.text_size = request.GET["text"]
    if request.GET.get("language") in Language.values:
        translation.activate(request.GET["language"])


def guest_forms(found: Invitation, own: Opinion | None):
    """The guest's opinion while it may be given or changed; a sentence once all are open."""
    case = found.case
    first = {"version": own.version, "text": own.text} if own else {}
    may = own is None if case.is_released else case.state == "consulting"
    advise = GuestForm(initial=first, auto_id="advise_%s") if may else None
    return advise, RemarkForm(auto_id="say_%s") if case.is_released else None, ""


def guest_act(request, found: Invitation, blank):
    """The form as it was sent, and whether it was taken."""
    form = type(blank)(request.POST, auto_id=blank.auto_id)
    act = guests.guest_advise if isinstance(form, GuestForm) else guests.guest_say
    if not form.is_valid():
        return form, False
    try:
        act(invitation=found, **form.cleaned_data)
    except Refused as refused:
        add_refusal(form, refused)
        if isinstance(refused, Stale):
            form.theirs = refused.theirs
            form.data = form.data.copy()
            form.data["version"] = Opinion.objects.get(invitation=found).version
        return form, False
    return form, True


def guest_page(found: Invitation, own, advise, say, theirs: str) -> dict:
    case = found.case
    opened = case.is_released
    return {
        "case": case, "invitation": found, "own": own, "advise": advise, "say": say, "theirs": theirs,
        "affected": subjects_in_words(case),
        "opinions": list(case.opinions.for_lists()) if opened else [],
        "remarks": list(case.remarks.for_lists()) if opened else [],
    }  # fmt: skip


def kept_private(response):
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
