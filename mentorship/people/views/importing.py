"""Import in three steps: choose a file, read the preview, confirm. The file waits on the server, never in the page."""

import hashlib
import secrets
from contextlib import suppress
from urllib.parse import quote

from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.accounts.access import StepUp, page
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of
from mentorship.common.spreadsheets import XLSX

from .. import actions
from ..access import EDITORS
from ..exports import register_xlsx, template_xlsx
from ..forms import ImportForm
from ..importing import Plan, State, plan_import
from .register import filtered

WAITING = "register_import"  # in the session: {"name", "filename", "studio", "seen"}
CHANGED_MEANWHILE = gettext_lazy("名册刚才有人改过，下面是新的对照，请再看一遍。")


@page(EDITORS)
def import_file(request):
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = plan_import(upload, upload.name, request.studio)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            keep_waiting(request, upload, plan)
            return redirect("people:import_preview")
    return render(request, "people/import.html", {"form": form})


def keep_waiting(request, upload, plan: Plan) -> None:
    forget(request)
    upload.seek(0)
    name = default_storage.save(f"imports/{request.user.pk}/{secrets.token_hex(16)}", ContentFile(upload.read()))
    request.session[WAITING] = {
        "name": name, "filename": upload.name, "studio": str(request.studio.pk), "seen": seal(plan),
    }  # fmt: skip


def seal(plan: Plan) -> str:
    return hashlib.sha256(repr(plan.fingerprint).encode()).hexdigest()


def forget(request) -> None:
    """Nothing of the reader's waits any longer, nor what an earlier session of theirs left behind."""
    request.session.pop(WAITING, None)
    folder = f"imports/{request.user.pk}"
    with suppress(FileNotFoundError):  # other stores know no folders and list nothing
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")


@page(EDITORS)
def import_preview(request):
    waiting = request.session.get(WAITING)
    if not waiting or waiting["studio"] != str(request.studio.pk) or not default_storage.exists(waiting["name"]):
        return redirect("people:import")
    with default_storage.open(waiting["name"]) as file:
        plan = plan_import(file, waiting["filename"], request.studio)
    if request.method == "POST":
        return confirm(request, plan, waiting)
    rows = [row for row in plan.rows if row.state == request.GET.get("state")] or plan.rows
    context = {
        "plan": plan, "counts": plan.counts, "page": page_of(request, rows), "states": State, "waiting": waiting,
        "writes": plan.counts["new"] + plan.counts["changed"],
    }  # fmt: skip
    return render(request, "people/import_preview.html", context)


def confirm(request, plan: Plan, waiting: dict):
    if "cancel" in request.POST:
        forget(request)
        messages.info(request, _("没有导入，名册没有动。"))
        return redirect("people:import")
    if seal(plan) != waiting["seen"]:
        request.session[WAITING] = waiting | {"seen": seal(plan)}
        messages.warning(request, CHANGED_MEANWHILE)
        return redirect("people:import_preview")
    try:
        counts = actions.import_rows(by=request.user, plan=plan)
    except (Refused, IntegrityError):
        messages.warning(request, CHANGED_MEANWHILE)
        return redirect("people:import_preview")
    forget(request)
    messages.success(
        request, _("导入好了：新增%(new)s，改动%(changed)s，没变%(unchanged)s，退回%(rejected)s。") % counts
    )
    return redirect("people:register")


@page(EDITORS)
def import_template(request):
    return spreadsheet(template_xlsx(), _("书记名册模板"))


@page(EDITORS, step_up=StepUp.OPEN, lagging=True)
def export(request):
    chosen = filtered(request)
    if not chosen.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect(f"{reverse('people:register')}?{request.GET.urlencode()}")
    people = list(chosen.qs)
    content = register_xlsx(people)
    record(
        by=request.user, verb="register.exported", on=request.studio, studio=request.studio,
        after={"rows": len(people), **chosen.in_words()},
    )  # fmt: skip
    return spreadsheet(content, _("书记名册"))


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """A download that no cache may keep."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
