"""What the device asks while a log is being written: keep this draft, is the sign-in still good, was it taken."""

import json
import uuid

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access import mentor_for
from evaluations.logs import actions
from evaluations.logs.access import KEEPERS
from evaluations.logs.forms import DraftForm, continue_with
from evaluations.logs.forms.drafts import MOST_BYTES
from evaluations.logs.models import Draft, DraftKind
from evaluations.logs.queries import device_owner, mentor_row_of
from mentorship.accounts.access import SIGNED_IN, page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_404
from mentorship.common.errors import Refused

BY_SCRIPT = "X-Studio-Outbox"  # "now" while the writer waits, "later" when it leaves by itself
MOST_OFFERS = 3


@page(SIGNED_IN)
def token(request):
    """Whose device this is at the moment, and a fresh token to send with."""
    return JsonResponse({"owner": device_owner(request.user), "token": get_token(request)})


@page(KEEPERS)
@require_http_methods(["POST", "PUT", "DELETE"])
def draft(request, form, key):
    if form not in DraftKind.values:
        raise Http404
    if request.method == "DELETE":
        actions.drop_draft(by=request.user, client_key=key)
        return HttpResponse(status=204)
    sent = body_of(request)
    mentor = mentor_to_write_for(request, form, sent["mentor"])
    try:
        kept = actions.keep_draft(
            by=request.user,
            form=form,
            client_key=key,
            mentor=mentor,
            content=sent["content"],
            saved_at=sent["saved_at"],
        )
    except Refused as refused:
        return JsonResponse({"error": str(refused.message)}, status=422)
    return JsonResponse({"kept": bool(kept), "saved_at": kept.saved_at.isoformat() if kept else None})


def body_of(request) -> dict:
    """Raises BadRequest (400) for what no page of ours sends."""
    try:
        body = request.body
    except RawPostDataException:  # a form with files, read by those who looked for its key
        return refuse_body()
    if len(body) > MOST_BYTES:
        return refuse_body()
    try:
        sent = json.loads(body)
    except ValueError:
        return refuse_body()
    form = DraftForm(sent if isinstance(sent, dict) else {})
    return form.cleaned_data if form.is_valid() else refuse_body()


def refuse_body():
    raise BadRequest("not a draft")


def mentor_to_write_for(request, form: str, pk: uuid.UUID | None):
    if form not in DraftKind.about_a_mentor():
        if not request.user.can(Permission.MENTEE_HOME):
            raise PermissionDenied
        return None
    own = mentor_row_of(request.user, request.studio)
    if own and own.pk == pk:
        return own
    mentor = mentor_for(request.user, pk)
    require(request.user, Permission.LOG_EDIT, mentor.studio)
    return mentor


def begun(request, form, name: str, mentor=None) -> dict:
    """Context for a form that may be gone on with: ?draft=<key> fills it in, else the others are offered."""
    drafts = Draft.objects.of(request.user, name, mentor)
    asked = request.GET.get("draft")
    if form.is_bound:
        return {}
    if not asked:
        return {"draft_offers": drafts[:MOST_OFFERS]}
    going_on = get_object_or_404(drafts, client_key=uuid_or_404(asked))
    continue_with(form, going_on.client_key, going_on.content)
    return {"draft_shown": going_on}


def by_script(request) -> bool:
    return BY_SCRIPT in request.headers


def written(request, log, form):
    """After a log was taken: to its page, or, when it left by itself, just where it is.

    `other`: its key had made a log before, with other words; these here are in no log.
    """
    other = form.cleaned_data["text"] not in {"", log.text}
    if by_script(request):
        if not other and request.headers[BY_SCRIPT] != "later":
            messages.success(request, _("记好了。"))
        return JsonResponse({"url": reverse("logs:log", args=[log.pk]), "name": str(log), "other": other})
    if other:
        messages.warning(request, _("这一篇先前已经交过，后来改的没有记下；要改请点“更正”。"))
    else:
        messages.success(request, _("记好了。"))
    return redirect("logs:log", log.pk)


def refused(form) -> JsonResponse:
    """What a page would show over and beside the fields, for a form that a script sent."""
    count = len(form.errors)
    heading = ngettext("还差%(n)s处，补上就能交", "还差%(n)s处，补上就能交", count) % {"n": count}
    names = [name for name in (NON_FIELD_ERRORS, *form.fields) if name in form.errors]
    errors = [error for name in names for error in errors_of(form, name)]
    return JsonResponse({"heading": heading, "errors": errors}, status=422)


def errors_of(form, name: str):
    field = form[name] if name in form.fields else None
    for message in form.errors[name]:
        yield {"field": name if field else "", "label": str(field.label) if field else "", "message": str(message)}
