from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cohorts.models import Mentee
from cohorts.training import actions
from cohorts.training.access import EDITORS, READERS, session_for
from cohorts.training.door import may_keep
from cohorts.training.filters import SessionFilter
from cohorts.training.forms import CancelForm, ChangeForm, SessionForm
from cohorts.training.models import Session
from cohorts.training.queries import expected, menu, own_row, standing_of, wishes_of
from cohorts.training.queries.entries import entry_of
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_none
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.plugs import answers_to
from mentorship.common.versions import acted

from .common import may_edit, open_cohorts

PER_PAGE = 30
VIEWS = {"": "coming", "past": "past", "all": "all"}


@page(READERS)
def sessions(request):
    """What is coming; ?when=past what was, ?when=all everything. A filter looks through everything."""
    rows = Session.objects.visible_to(request.user).filter(studio=request.studio).distinct()
    found = SessionFilter(request.GET, queryset=rows)
    filtered = any(request.GET.get(name) for name in found.filters)
    when = "all" if filtered else VIEWS.get(request.GET.get("when", ""), "coming")
    listed = found.qs.for_lists()
    if request.studio and when == "coming":
        listed = listed.filter(last_date__gte=request.studio.today())
    elif request.studio and when == "past":
        listed = listed.filter(last_date__lt=request.studio.today()).order_by("-date", "-starts_at", "id")
    shown = page_of(request, listed, PER_PAGE)
    count = shown.paginator.count
    return render(
        request,
        "training/sessions.html",
        {
            "filter": found, "page": shown, "filtered": filtered, "when": when, "may_edit": may_edit(request),
            "sees_ledger": request.user.can(Permission.TRAINING_VIEW, request.studio),
            "studies": request.user.can(Permission.MENTEE_HOME, request.studio), "count_text": ngettext("%(n)s项", "%(n)s项", count) % {"n": count},
        },
    )  # fmt: skip


@page(READERS)
def session(request, pk):
    row = session_for(request.user, pk)
    due = expected(row)
    edits = may_edit(request, row.studio)
    mine = own_row(request.user, row)
    today = row.studio.today()
    return render(
        request,
        "training/session.html",
        {
            "session": row,
            "indicators": row.indicators.all(),
            "groups": row.groups.select_related("secretary"),
            "due": due.count(),
            "people": due.filter(pk__in=Mentee.objects.visible_to(request.user).values("pk")),
            "sees_all": request.user.can(Permission.TRAINING_VIEW, row.studio_id),
            "edits": edits,
            "keeps": row.keeps_attendance and may_keep(request.user, row),
            "may_hold": edits and row.is_planned and row.date <= today,
            "today": today,
            "cards": [link for answer in answers_to("cards_of") for link in answer(request.user, row)],
            "conflicts": [
                each
                for answer in answers_to("conflicts_of")
                for each in answer(request.user, row.studio, entry_of(row))
            ],
            **elective_part(row, mine, today),
        },
    )


def elective_part(row: Session, mine: Mentee | None, today) -> dict:
    """The menu and, for an apprentice, what they wished and what they got."""
    if not row.is_elective:
        return {"mine": mine}
    courses = menu(row)
    return {
        "mine": mine,
        "courses": courses,
        "wished": wishes_of(row).get(mine.pk, []) if mine else [],
        "place": standing_of(mine, row) if mine and row.allocated_at else None,
        "open": row.is_open_to_choose(today),
        "ahead": row.date > today,
        "over": bool(row.choose_by and today > row.choose_by),
    }


@page(EDITORS)
def plan(request):
    """?cohort= names whose; ?from= a session to do again a month later."""
    cohorts = open_cohorts(request)
    model = uuid_or_none(request.GET.get("from"))
    model = session_for(request.user, model, Permission.TRAINING_EDIT) if model else None
    asked = model.cohort_id if model else uuid_or_none(request.GET.get("cohort"))
    cohort = next((each for each in cohorts if each.pk == asked), cohorts[0] if cohorts else None)
    if cohort is None:
        return render(request, "training/session_form.html", {"cohort": None})
    form = SessionForm(sent(request), cohort=cohort, initial=first_values(request, model))
    warned = None
    if form.is_bound and form.is_valid():
        made, warned = attempt(request, form, actions.plan_session, cohort=cohort)
        if made:
            messages.success(request, _("排好了。"))
            return redirect("training:session", made.pk)
    context = {"form": form, "cohort": cohort, "cohorts": cohorts, "model": model, "warned": warned}
    return render(request, "training/session_form.html", context)


def first_values(request, model: Session | None) -> dict:
    if model:
        return SessionForm.copied_from(model)
    asked = {name: request.GET[name] for name in ("date", "kind") if request.GET.get(name)}
    return asked | ({"base": base} if (base := uuid_or_none(request.GET.get("base"))) else {})


def attempt(request, form, act, **more):
    """(what was made or True, None), or (None, the warnings to confirm) with every refusal in the form."""
    accepted = request.POST.get("accepted", "")
    try:
        return act(by=request.user, accepted=accepted, **more, **form.facts()) or True, None
    except actions.NeedsAttention as warned:
        for each in warned.warnings:
            form.add_error(each.field if each.field in form.fields else None, each.words)
        return None, warned
    except Refused as refused:
        add_refusal(form, refused)
        if isinstance(refused, actions.Stale):
            form.data = form.data.copy()
            form.data["version"] = more["session"].version
        return None, None


@page(EDITORS)
def change(request, pk):
    row = session_for(request.user, pk, Permission.TRAINING_EDIT)
    form = ChangeForm(sent(request), cohort=row.cohort, instance=row)
    stored = Session.objects.for_lists().get(pk=pk)
    warned = None
    if form.is_bound and form.is_valid():
        done, warned = attempt(request, form, actions.change_session, session=stored)
        if done:
            messages.success(request, _("改好了。改了时间地点的，有关的人会收到通知。"))
            return redirect("training:session", pk)
    theirs = Session.objects.for_lists().get(pk=pk) if form.errors else None
    conflict = bool(theirs and str(theirs.version) != request.POST.get("version"))
    context = {
        "form": form, "cohort": row.cohort, "session": row, "warned": warned, "theirs": theirs if conflict else None,
    }  # fmt: skip
    return render(request, "training/session_form.html", context)


@page(EDITORS)
def cancel(request, pk):
    row = session_for(request.user, pk, Permission.TRAINING_EDIT)
    if not row.is_planned:
        raise Http404
    form = CancelForm(sent(request))
    if form.is_bound and form.is_valid():
        done = acted(form, actions.cancel_session, by=request.user, session=row, **form.cleaned_data)
        if done:
            messages.success(request, _("取消了，已经通知有关的人。"))
            return redirect("training:session", pk)
    return render(request, "training/cancel.html", {"session": row, "form": form, "due": expected(row).count()})


@page(EDITORS)
@require_POST
def held(request, pk):
    row = session_for(request.user, pk, Permission.TRAINING_EDIT)
    try:
        actions.mark_held(by=request.user, session=row)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("记下了，这一次办过了。"))
    return redirect("training:session", pk)
