"""The writing page: a draft is kept by the server while it is written, and the preview comes back with it."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cohorts.letters.access import WRITERS, pairing_to_write_on
from cohorts.letters.actions import letters as actions
from cohorts.letters.choices import LetterState
from cohorts.letters.examples import beginnings, offers
from cohorts.letters.forms.letters import LetterForm
from cohorts.letters.models import ApprenticeshipLetter
from cohorts.letters.rendering import sheet_of
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


@page(WRITERS)
def letter_write(request, pk):
    """`pk` is the pairing's. Three ways to send the form: by the script while typing, as a draft, and handing in."""
    pairing = pairing_to_write_on(request.user, pk)
    letter = current_of(pairing)
    if letter.state != LetterState.DRAFT:
        return redirect("letters:letter", letter.pk)
    by_script = request.method == "POST" and request.headers.get("X-Autosave") == "1"
    form = LetterForm(
        sent(request), initial=words_of(letter), handing_in="hand_in" in request.POST,
        offered=offers(pairing.mentor.secretary.name, pairing.mentee.secretary.name),
    )  # fmt: skip
    if by_script:
        return autosave(request, pairing, form)
    conflict = False
    if form.is_bound:
        try:
            if answer := saved(request, pairing, form):
                return answer
        except Refused as refused:
            add_refusal(form, refused)
            conflict = isinstance(refused, actions.Stale)
    stored = current_of(pairing)
    if form.is_bound:
        form.data = form.data.copy()
        form.data["version"] = stored.version
    shown = with_words(stored, form)
    facts = {
        "pairing": pairing, "letter": shown, "stored": sheet_of(stored) if conflict else None, "form": form,
        "conflict": conflict, "sheet": sheet_of(shown), "hints": form.hints() if form.is_bound or letter.version else [],
    }  # fmt: skip
    return render(request, "letters/letter_write.html", facts)


def current_of(pairing) -> ApprenticeshipLetter:
    """The letter of the pair, or the beginning of one that is not saved yet (version 0)."""
    letter = ApprenticeshipLetter.objects.filter(pairing=pairing).first()
    if letter is None:
        letter = ApprenticeshipLetter(version=0, studio=pairing.studio, cohort=pairing.cohort, **beginnings(pairing))
    letter.pairing, letter.studio = pairing, pairing.studio
    return letter


def words_of(letter) -> dict:
    return {name: getattr(letter, name) for name in (*actions.WORDS, "version")}


def with_words(letter, form) -> ApprenticeshipLetter:
    """A copy that says what the form says, for looking at; never saved."""
    copy = ApprenticeshipLetter(
        **{field.attname: getattr(letter, field.attname) for field in letter._meta.concrete_fields}
    )
    copy.pairing, copy.studio = letter.pairing, letter.studio
    if form.is_bound:
        for name, value in form.words().items():
            setattr(copy, name, value)
    return copy


def version_of(form) -> int:
    return form.cleaned_data.get("version") or 0


def saved(request, pairing, form):
    """Keeps the draft, and hands it in if that was asked. None when a part needs another look; raises Refused."""
    whole = form.is_valid()
    letter = actions.save_draft(by=request.user, pairing=pairing, version=version_of(form), **form.words())
    if not whole:
        return None
    if not form.handing_in:
        messages.success(request, _("草稿存好了。"))
        return redirect("letters:letter_write", pairing.pk)
    actions.hand_in(by=request.user, letter=letter, version=letter.version)
    messages.success(request, _("递出去了，师傅会收到消息。"))
    return redirect("letters:letter", letter.pk)


def autosave(request, pairing, form):
    """What the script shows: the version that is stored now, the length, the hints and the preview."""
    form.is_valid()
    try:
        letter = actions.save_draft(by=request.user, pairing=pairing, version=version_of(form), **form.words())
    except actions.Stale:
        return JsonResponse({"stale": True}, status=409)
    except Refused as refused:
        return JsonResponse({"refused": str(refused.message)}, status=400)
    letter.pairing, letter.studio = pairing, pairing.studio
    return JsonResponse(
        {
            "version": letter.version,
            "length": letter.length,
            "hints": render_to_string("letters/letter_hints.html", {"hints": form.hints()}, request),
            "preview": render_to_string(
                "letters/letter_sheet.html", {"sheet": sheet_of(letter), "preview": True}, request
            ),
        }
    )
