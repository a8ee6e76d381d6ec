"""What several pages of the meetings share."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render

from cohorts.meetings.actions import Stale
from cohorts.meetings.forms import ReasonForm
from cohorts.views.common import sent
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.versions import acted


def with_reason(request, act: Callable, template: str, said: str, then: tuple, context: dict, **row):
    """A page that asks why before it acts on the row, says what was done and goes `then`."""
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid() and acted(form, act, by=request.user, **row, **form.cleaned_data):
        messages.success(request, said)
        return redirect(*then)
    return render(request, template, {"form": form, **row, **context})


def refuse(form, refused: Refused, row) -> None:
    """The reason in the form; after a conflict the next save counts as seen."""
    add_refusal(form, refused)
    if isinstance(refused, Stale):
        form.data = form.data.copy()
        form.data["version"] = type(row).objects.get(pk=row.pk).version
