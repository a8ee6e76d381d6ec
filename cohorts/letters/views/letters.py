from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.letters.access import (
    ANSWERERS,
    OFFICERS,
    READERS,
    WRITERS,
    is_mentor,
    is_writer,
    letter_for,
    letter_for_office,
    letter_of_writer,
    letter_to_answer,
    reply_for,
)
from cohorts.letters.actions import letters as actions
from cohorts.letters.choices import Decision, LetterState
from cohorts.letters.filters import LetterFilter
from cohorts.letters.forms.letters import ReplyForm, TranscriptForm
from cohorts.letters.letter_pdf import pdf_of_letter
from cohorts.letters.models import ApprenticeshipLetter
from cohorts.letters.queries.letters import not_handed_in, pairings_of_writer, unanswered_first
from cohorts.letters.rendering import TITLE, sheet_of
from cohorts.letters.seal import spaced
from cohorts.models import Cohort
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.private_files import private_response

PER_PAGE = 40
LAYOUTS = ("vertical", "horizontal")


@page(READERS)
def letters(request):
    """The studio's table; a mentor's own, the unanswered first; a mentee goes straight to theirs."""
    user, studio = request.user, request.studio
    reads_all = bool(studio) and user.can(Permission.LETTER_VIEW, studio)
    mine = list(pairings_of_writer(user, studio))
    if not reads_all and len(mine) == 1 and not user.can(Permission.MENTOR_HOME, studio):
        return to_own(mine[0])
    rows = ApprenticeshipLetter.objects.visible_to(user).filter(studio=studio).exclude(state=LetterState.DRAFT)
    found = LetterFilter(request.GET, queryset=rows)
    shown = page_of(request, unanswered_first(found.qs).for_lists().select_related("reply"), PER_PAGE)
    count = shown.paginator.count
    cohort = Cohort.objects.filter(studio=studio).current().begun_first(studio).first() if reads_all else None
    return render(
        request,
        "letters/letter_list.html",
        {
            "filter": found,
            "page": shown,
            "filtered": any(request.GET.get(name) for name in found.filters),
            "count_text": ngettext("%(n)s张", "%(n)s张", count) % {"n": count},
            "waiting": rows.waiting().count(),
            "missing": list(not_handed_in(cohort)) if cohort else [],
            "reads_all": reads_all,
            "mine": mine,
            "cover": TITLE,
        },
    )


def to_own(pairing):
    letter = getattr(pairing, "letter", None)
    if letter is None or letter.state == LetterState.DRAFT:
        return redirect("letters:letter_write", pairing.pk)
    return redirect("letters:letter", letter.pk)


@page(READERS)
def letter(request, pk):
    row = letter_for(request.user, pk)
    actions.open_for_reading(by=request.user, letter=row)
    reply = reply_for(request.user, row)
    return render(request, "letters/letter_page.html", page_facts(request, row, reply))


def page_facts(request, row, reply) -> dict:
    user = request.user
    layout = request.GET.get("layout")
    mine, answers = is_writer(user, row), is_mentor(user, row)
    edits = user.can(Permission.LETTER_EDIT, row.studio_id)
    waits = row.state in LetterState.waiting()
    photo = reply if reply and reply.photo and not reply.sent_at else None
    return {
        "letter": row,
        "reply": reply,
        "sheet": sheet_of(row, reply),
        "layout": layout if layout in LAYOUTS else "auto",
        "code": spaced(row.code),
        "mine": mine,
        "met_first": waits and reply and reply.sent_at and reply.decision == Decision.MEET_FIRST,
        "may_write": mine and row.state == LetterState.DRAFT,
        "may_take_back": mine and row.state == LetterState.HANDED_IN,
        "may_answer": answers and waits and not (photo and photo.text),
        "to_confirm": photo if photo and photo.text and answers else None,
        "may_confirm": answers and not user.is_represented,
        "to_transcribe": photo if photo and not photo.text else None,
        "may_transcribe": edits and photo is not None,
        "may_file": edits and row.state == LetterState.ANSWERED,
        "answered": answers and reply is not None,
    }


@page(WRITERS)
@require_POST
def take_back(request, pk):
    row = letter_of_writer(request.user, pk)
    try:
        actions.take_back(by=request.user, letter=row)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("letters:letter", row.pk)
    messages.success(request, _("收回来了，可以接着改。"))
    return redirect("letters:letter_write", row.pairing_id)


@page(READERS)
def letter_pdf(request, pk):
    row = letter_for(request.user, pk)
    printed = f"{request.user.acting_user}（{request.user}）" if request.user.is_represented else str(request.user)
    content = pdf_of_letter(row, reply_for(request.user, row), printed_by=printed, at=actions.moment_in(row.studio))
    response = HttpResponse(content, content_type="application/pdf")
    name = quote(f"{_('拜师帖')}-{row.pairing.mentee.secretary.name}.pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page(OFFICERS)
@require_POST
def letter_file(request, pk):
    row = letter_for_office(request.user, pk)
    try:
        actions.file_letter(by=request.user, letter=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("入档了。"))
    return redirect("letters:letter", row.pk)


def first_words(row, reply) -> dict:
    """What an answer starts with: the earlier words, or the names of the two."""
    if reply and (reply.sent_at or reply.text):
        words = {name: getattr(reply, name) for name in reply.WORDS}
    else:
        name = row.pairing.mentee.secretary.name
        given = name[1:] if len(name) > 2 else name
        words = {"addressee": f"{given}同志：", "sign": row.pairing.mentor.secretary.name}
    decision = reply.decision if reply and not reply.sent_at else Decision.ACCEPTED
    return words | {"version": reply.version if reply else 0, "decision": decision}


@page(ANSWERERS)
def reply(request, pk):
    row = letter_to_answer(request.user, pk)
    actions.open_for_reading(by=request.user, letter=row)
    current = reply_for(request.user, row)
    form = ReplyForm(sent(request), request.FILES or None, initial=first_words(row, current))
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            return answered(request, row, form)
        except Refused as refused:
            add_refusal(form, refused)
            current = reply_for(request.user, row)
            conflict = isinstance(refused, actions.Stale)
            if conflict:  # having seen both, the reader may send again
                form.data = form.data.copy()
                form.data["version"] = current.version if current else 0
    return render(
        request,
        "letters/reply_form.html",
        {
            "letter": row, "sheet": sheet_of(row), "form": form, "conflict": conflict, "current": current,
            "waits": row.state in LetterState.waiting(), "lost_photo": bool(request.FILES),
        },
    )  # fmt: skip


def answered(request, row, form):
    """Sends what the valid form says; raises Refused."""
    facts = form.facts()
    photo = form.cleaned_data["photo"]
    if photo:
        actions.attach_photo(
            by=request.user, letter=row, version=facts["version"], decision=facts["decision"], upload=photo
        )
        messages.success(request, _("照片收到了，工作室誊写好就请您看。"))
    else:
        actions.answer(by=request.user, letter=row, **facts)
        accepted = facts["decision"] == Decision.ACCEPTED
        messages.success(request, _("盖好章了，徒弟马上看得到。") if accepted else _("告诉徒弟了，见过面再来收。"))
    return redirect("letters:letter", row.pk)


@page(READERS)
def reply_photo(request, pk):
    """`pk` is the letter's."""
    row = letter_for(request.user, pk)
    shown = reply_for(request.user, row)
    if shown is None or not shown.photo:
        raise Http404
    return private_response(shown.photo, content_type="image/jpeg", filename=f"{pk}.jpg")


@page(OFFICERS)
def transcribe(request, pk):
    row = letter_for_office(request.user, pk)
    shown = reply_for(request.user, row)
    initial = {name: getattr(shown, name) for name in ("version", "addressee", "text", "sign")} if shown else {}
    form = TranscriptForm(sent(request), initial=initial)
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            actions.transcribe(by=request.user, letter=row, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
            shown = reply_for(request.user, row)
            conflict = isinstance(refused, actions.Stale)
            if conflict:
                form.data = form.data.copy()
                form.data["version"] = shown.version
        else:
            messages.success(request, _("誊写好了，等师傅看过盖章。"))
            return redirect("letters:letter", row.pk)
    facts = {"letter": row, "reply": shown, "form": form, "conflict": conflict}
    return render(request, "letters/reply_transcribe.html", facts)


@page(ANSWERERS)
@require_POST
def confirm(request, pk):
    row = letter_to_answer(request.user, pk)
    if request.user.is_represented:
        raise PermissionDenied
    try:
        version = int(request.POST.get("version") or 0)
    except ValueError:
        version = 0
    try:
        actions.confirm_transcript(by=request.user, letter=row, version=version)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("盖好章了，徒弟马上看得到。"))
    return redirect("letters:letter", row.pk)
