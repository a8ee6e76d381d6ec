"""Case cards: the list, one card to print, writing, review, and what it was used for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import npgettext
from django.views.decorators.http import require_POST

from cohorts.clinic.access import (
    EDITORS,
    READERS,
    WRITERS,
    card_for,
    case_for,
    may_draw_card,
    may_review_card,
    may_write_card,
)
from cohorts.clinic.actions import cards as acts
from cohorts.clinic.actions.uses import say_helped, use_in_session
from cohorts.clinic.choices import CardState
from cohorts.clinic.filters import CardFilter
from cohorts.clinic.forms.cards import PUBLISH, CardForm, ReviewForm, UseForm
from cohorts.clinic.forms.course import ReasonForm
from cohorts.clinic.models import Case, CaseCard
from cohorts.clinic.queries.cards import cohort_of, first_values, sessions_to_use
from cohorts.views.common import done, sent
from mentorship.accounts.access import needs, page
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_404
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.versions import acted

PER_PAGE = 20
TABS = {
    "library": CardState.PUBLISHED,
    "review": CardState.REVIEW,
    "draft": CardState.DRAFT,
    "withdrawn": CardState.WITHDRAWN,
}
USERS = needs(Permission.TRAINING_EDIT, Permission.MENTOR_HOME)


@page(READERS)
def cards(request):
    """The library, the newest first; ?by=helped the most helpful first. ?tab=review, draft, withdrawn: what isn't in it,
    all of it for the office, else one's own."""
    rows = CaseCard.objects.visible_to(request.user).filter(studio=request.studio)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "library"
    found = CardFilter(request.GET, queryset=rows.filter(state=TABS[tab]), request=request)
    shown = page_of(request, in_order(found.qs.for_lists().with_uses(), request.GET.get("by")), PER_PAGE)
    count = shown.paginator.count
    writes = bool(request.studio) and acts.may_write(request.user, request.studio)
    context = {
        "filter": found, "page": shown, "filtered": any(request.GET.get(name) for name in found.filters), "tab": tab,
        "by": "helped" if request.GET.get("by") == "helped" else "new", "writes": writes,
        "tabs": [(name, state.label) for name, state in TABS.items()] if any_hidden(rows, request) else [],
        "count_text": npgettext("case card", "%(n)s张", "%(n)s张", count) % {"n": count},
    }  # fmt: skip
    return render(request, "clinic/cards.html", context)


def in_order(rows: QuerySet, by: str | None) -> QuerySet:
    return rows.order_by("-helped", "-used", "-published_on", "pk") if by == "helped" else rows.order_by(
        "-published_on", "-updated_at", "pk"
    )  # fmt: skip


def any_hidden(rows: QuerySet, request) -> bool:
    """Whether this reader has anything to look at besides the library."""
    if not request.studio:
        return False
    return request.user.can(Permission.CLINIC_EDIT, request.studio) or rows.exclude(state=CardState.PUBLISHED).exists()


@page(READERS)
def card(request, pk):
    """One card, to be printed on A5; where it comes from for those who may read the case."""
    row = card_for(request.user, pk)
    user = request.user
    counted = CaseCard.objects.with_uses().get(pk=row.pk)
    edits = user.can(Permission.CLINIC_EDIT, row.studio_id)
    writes = may_write_card(user, row)
    context = {
        "card": row, "author": author_of(row, edits), "helped": counted.helped, "trainings": row.uses.filter(kind="training").count(),
        "plans": row.uses.filter(kind="plan").count(), "case": case_seen(user, row),
        "said": row.uses.filter(by=user.pk, kind="helped").exists(), "own": row.written_by_id == user.pk,
        "may_change": writes and (row.state in (CardState.DRAFT, CardState.REVIEW) or (row.is_published and edits)),
        "may_submit": writes and row.state == CardState.DRAFT, "may_review": may_review_card(user, row),
        "may_withdraw": edits and row.is_published,
        "may_use": row.is_published and USERS.allows(user, row.studio), "sees_all": edits,
    }  # fmt: skip
    return render(request, "clinic/card.html", context)


def author_of(card: CaseCard, by_office: bool) -> User | None:
    """Not the presenter of the case, but for the office: their name would tell whose case it was."""
    presents = card.case_id is not None and card.case.presenter.user_id == card.written_by_id
    return card.written_by if by_office or not presents else None


def case_seen(user, card: CaseCard) -> Case | None:
    return Case.objects.visible_to(user).filter(pk=card.case_id).first() if card.case_id else None


@page(WRITERS)
def new_card(request):
    """?case= the closed case it comes from."""
    case = case_asked(request)
    studio = case.studio if case else request.studio
    if not (may_draw_card(request.user, case) if case else acts.may_write(request.user, studio)):
        raise PermissionDenied
    cohort = cohort_of(None, case, studio)
    form = CardForm(
        sent(request), studio=studio, cohort=cohort, case=case, initial=first_values(case) if case else None
    )
    if form.is_bound and form.is_valid():
        made = acted(form, acts.write_card, by=request.user, studio=studio, case=case, **form.facts())
        if made:
            messages.success(request, _("存好了。再看一遍，就可以送审。"))
            return redirect("clinic:card", made.pk)
    return render(request, "clinic/card_form.html", {"form": form, "case": case})


def case_asked(request) -> Case | None:
    asked = request.GET.get("case")
    return case_for(request.user, uuid_or_404(asked)) if asked else None


@page(WRITERS)
def edit_card(request, pk):
    row = card_for(request.user, pk)
    edits = request.user.can(Permission.CLINIC_EDIT, row.studio_id)
    if not may_write_card(request.user, row) or (row.is_published and not edits):
        raise PermissionDenied
    if row.state == CardState.WITHDRAWN:
        raise Http404
    case, version = row.case, row.version
    form = CardForm(sent(request), studio=row.studio, cohort=cohort_of(row, case, row.studio), case=case, instance=row)
    theirs = None
    if form.is_bound and form.is_valid():
        stored = card_for(request.user, pk)
        try:
            acts.change_card(by=request.user, card=stored, version=form.cleaned_data["version"] or 0, **form.facts())
        except Refused as refused:
            add_refusal(form, refused)
            if isinstance(refused, acts.Stale):
                theirs = card_for(request.user, pk)
                form.data = form.data.copy() | {"version": theirs.version}
        else:
            messages.success(request, _("改好了。"))
            return redirect("clinic:card", pk)
    return render(
        request,
        "clinic/card_form.html",
        {"form": form, "card": row, "case": case, "theirs": theirs, "version": version},
    )


@page(WRITERS)
@require_POST
def submit_card(request, pk):
    row = card_for(request.user, pk)
    if not may_write_card(request.user, row):
        raise PermissionDenied
    try:
        acts.submit_card(by=request.user, card=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("送审了，请别人看过就入库。"))
    return redirect("clinic:card", pk)


@page(EDITORS)
def review_card(request, pk):
    """Published, or sent back with a word; by a second person."""
    row = card_for(request.user, pk, Permission.CLINIC_EDIT)
    if row.state != CardState.REVIEW:
        return redirect("clinic:card", pk)
    if not may_review_card(request.user, row):
        raise PermissionDenied
    form = ReviewForm(sent(request))
    if form.is_bound and form.is_valid():
        publish = form.cleaned_data["how"] == PUBLISH
        act = acts.publish_card if publish else acts.send_back_card
        if done(form, act, by=request.user, card=row, note=form.cleaned_data["note"]):
            messages.success(request, _("入库了，大家查得到了。") if publish else _("退回去了，告诉了执笔的人。"))
            return redirect("clinic:card", pk)
    context = {
        "form": form,
        "card": row,
        "author": row.written_by,
        "case": case_seen(request.user, row),
        "sensitive": acts.is_from_sensitive(row),
    }
    return render(request, "clinic/card_review.html", context)


@page(EDITORS)
def withdraw_card(request, pk):
    row = card_for(request.user, pk, Permission.CLINIC_EDIT)
    if not row.is_published:
        return redirect("clinic:card", pk)
    form = ReasonForm(sent(request))
    form.fields["reason"].label = _("为什么撤下")
    valid = form.is_bound and form.is_valid()
    if valid and done(form, acts.withdraw_card, by=request.user, card=row, **form.cleaned_data):
        messages.success(request, _("撤下了，库里查不到了。"))
        return redirect("clinic:card", pk)
    context = {
        "form": form, "card": row, "heading": _("撤下这张卡"),
        "lead": _("培训和补短板计划里用过的，记录还在。"),
    }  # fmt: skip
    return render(request, "clinic/act.html", context)


@page(READERS)
@require_POST
def card_helped(request, pk):
    row = card_for(request.user, pk)
    try:
        say_helped(by=request.user, card=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("谢谢您说一声，写卡的人会看到。"))
    return redirect("clinic:card", pk)


@page(USERS)
def use_card(request, pk):
    """Into a recent or coming session that the reader prepares."""
    row = card_for(request.user, pk)
    if not USERS.allows(request.user, row.studio):
        raise PermissionDenied
    if not row.is_published:
        return redirect("clinic:card", pk)
    sessions = sessions_to_use(request.user, row, row.studio.today())
    form = UseForm(sent(request), sessions=sessions)
    valid = form.is_bound and form.is_valid()
    if valid and done(form, use_in_session, by=request.user, card=row, **form.cleaned_data):
        messages.success(request, _("用进去了，那次培训里看得到这张卡。"))
        return redirect("clinic:card", pk)
    return render(request, "clinic/card_use.html", {"form": form, "card": row, "any": sessions.exists()})
