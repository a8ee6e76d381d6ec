"""The ZIP of a person's own copy, made in the background."""

import json
import logging
import tempfile
import zipfile
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from mentorship.common.packing import PackState

from .copying import Part, parts_of, withheld
from .models import OwnCopy

log = logging.getLogger(__name__)
LOOKS = "css/own-copy.css"


@task(backend="long")
def make_copy(copy_id: str) -> None:
    """Makes one waiting copy; one that is already being made, or was, is left alone."""
    if not OwnCopy.objects.filter(pk=copy_id).begin():
        return
    copy = OwnCopy.objects.select_related("user").get(pk=copy_id)
    try:
        with tempfile.TemporaryFile() as place, translation.override(copy.language):
            pack(copy, place)
            copy.keep(place)
        done = OwnCopy.objects.filter(pk=copy.pk, state=PackState.RUNNING, user__is_active=True).update(
            state=PackState.DONE, file=copy.file.name, finished_at=timezone.now(), updated_at=timezone.now()
        )
        if not done:  # closed or erased while it was made
            copy.file.delete(save=False)
    except Exception:
        log.exception("own copy %s", copy.pk)
        copy.file.delete(save=False)
        OwnCopy.objects.filter(pk=copy.pk).update(state=PackState.FAILED, file="", updated_at=timezone.now())


def pack(copy: OwnCopy, place) -> None:
    parts: list[Part] = []
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(parts_of(copy.user), 1):
            if part:
                parts.append(part)
                put_files(archive, part)
            OwnCopy.objects.filter(pk=copy.pk).update(done=number, updated_at=timezone.now())
        context = {"person": copy.user, "parts": parts, "withheld": withheld(), "made_at": timezone.now()}
        archive.writestr("index.html", render_to_string("privacy/copy.html", context))
        archive.writestr("own-copy.css", Path(finders.find(LOOKS)).read_text(encoding="utf-8"))
        archive.writestr("data.json", as_json(parts))


def put_files(archive: zipfile.ZipFile, part: Part) -> None:
    for row in part.rows:
        for inside, stored in row.files:
            try:
                with stored.open("rb") as file:
                    archive.writestr(inside, file.read())
            except FileNotFoundError:
                log.warning("own copy: %s is gone", stored.name)


def as_json(parts: list[Part]) -> str:
    data = {part.model: [row.data for row in part.rows] for part in parts}
    whole = {"made_at": timezone.now(), "data": data, "withheld": [one._asdict() for one in withheld()]}
    return json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
