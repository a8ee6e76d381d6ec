from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.views.common import sent
from evaluations.logs import actions
from evaluations.logs.access import MENTEES, READERS, WRITERS, may_mark, may_write_own, reflection_for
from evaluations.logs.actions.reflections import WORDS
from evaluations.logs.choices import ReflectionState
from evaluations.logs.filters import ReflectionFilter
from evaluations.logs.forms.practice import MarkForm, ReflectionForm
from evaluations.logs.models import Reflection
from evaluations.logs.queries.practice import log_seen, mentee_row_of, own_logs
from mentorship.accounts.access import page
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of

from .logs import PER_PAGE, done


@page(READERS)
def reflections(request):
    rows = Reflection.objects.visible_to(request.user).filter(studio=request.studio)
    found = ReflectionFilter(request.GET, queryset=rows, request=request)
    shown = page_of(request, found.qs.for_lists(), PER_PAGE)
    count = shown.paginator.count
    context = {
        "filter": found,
        "page": shown,
        "filtered": any(request.GET.get(name) for name in found.filters),
        "count_text": ngettext("%(n)s篇", "%(n)s篇", count) % {"n": count},
        "may_write": mentee_row_of(request.user, request.studio) is not None and not request.user.is_represented,
    }
    return render(request, "logs/reflection_list.html", context)


@page(READERS)
def reflection(request, pk):
    row = reflection_for(request.user, pk)
    own = may_write_own(request.user, row.mentee)
    context = {
        "reflection": row,
        "log": log_seen(request.user, row),
        "own": own,
        "may_edit": own and row.state != ReflectionState.ANSWERED,
        "may_mark": row.state == ReflectionState.HANDED_IN and may_mark(request.user, row),
    }
    return render(request, "logs/reflection_page.html", context)


@page(MENTEES)
def reflection_write(request):
    """?log= presets the session that it is about."""
    mentee = mentee_row_of(request.user, request.studio)
    if mentee is None:
        return render(request, "logs/reflection_form.html", {"mentee": None})
    if request.user.is_represented:
        raise PermissionDenied
    form = ReflectionForm(
        sent(request), logs=own_logs(request.user, mentee), initial={"log": request.GET.get("log") or None}
    )
    if form.is_bound and form.is_valid():
        hand_in, key = "hand_in" in request.POST, form.cleaned_data["client_key"]
        made = done(
            form,
            actions.write_reflection,
            by=request.user,
            mentee=mentee,
            client_key=key,
            hand_in=hand_in,
            **form.words(),
        )
        if made:
            messages.success(request, saved_words(made))
            return redirect("logs:reflection", made.pk)
    return render(request, "logs/reflection_form.html", {"mentee": mentee, "form": form})


def saved_words(reflection: Reflection) -> str:
    return _("交给师傅了。") if reflection.state == ReflectionState.HANDED_IN else _("草稿存好了，还没有交。")


@page(MENTEES)
def reflection_edit(request, pk):
    row = reflection_for(request.user, pk)
    if not may_write_own(request.user, row.mentee):
        raise PermissionDenied
    if request.method == "GET" and row.state == ReflectionState.ANSWERED:
        return settled(request, "logs:reflection", row)
    initial = {name: getattr(row, name) for name in (*WORDS, "log", "client_key", "version")}
    form = ReflectionForm(sent(request), logs=own_logs(request.user, row.mentee), initial=initial)
    conflict = False
    if form.is_bound and form.is_valid():
        version, hand_in = form.cleaned_data["version"] or 0, "hand_in" in request.POST
        try:
            made = actions.change_reflection(
                by=request.user, reflection=row, version=version, hand_in=hand_in, **form.words()
            )
        except Refused as refused:
            add_refusal(form, refused)
            row = reflection_for(request.user, pk)
            conflict = isinstance(refused, actions.Stale)
            if conflict:
                seen_both(form, row)
        else:
            messages.success(request, saved_words(made))
            return redirect("logs:reflection", row.pk)
    context = {"mentee": row.mentee, "reflection": row, "form": form, "conflict": conflict}
    return render(request, "logs/reflection_form.html", context)


def settled(request, page: str, row):
    """Opened too late, from an old link: the work itself says how it stands."""
    messages.info(request, _("这里已经不用再写，现在的情况如下。"))
    return redirect(page, row.pk)


def seen_both(form, row) -> None:
    """Having seen both, the reader may send again."""
    form.data = form.data.copy()
    form.data["version"] = row.version


@page(WRITERS)
def reflection_answer(request, pk):
    row = reflection_for(request.user, pk)
    if not may_mark(request.user, row):
        raise PermissionDenied
    if request.method == "GET" and row.state != ReflectionState.HANDED_IN:
        return settled(request, "logs:reflection", row)
    form = MarkForm(sent(request), initial={"version": row.version})
    if form.is_bound and form.is_valid():
        try:
            actions.answer_reflection(by=request.user, reflection=row, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
            row = reflection_for(request.user, pk)
            seen_both(form, row)
        else:
            messages.success(request, _("批好了，徒弟会收到消息。"))
            return redirect("logs:reflection", row.pk)
    context = {"reflection": row, "form": form, "log": log_seen(request.user, row)}
    return render(request, "logs/reflection_answer.html", context)
