"""The one door to the audit trail."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone, translation

from .chain import digest_of
from .models import ChainHead, Entry
from .once import write_down


@transaction.atomic(savepoint=False)  # it stands and falls with the caller's
def record(
    *,
    by: Model | None,
    verb: str,
    on: Model,
    studio,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Adds one entry to the studio's chain, inside the caller's transaction.

    `verb` is a stable code such as "pairing.published" (words for it: presenters.py); `by=None` is the system.
    `by` is an account; its `acting_user`, if any, is the one whose hands did it.
    `before` and `after` hold only what changed, as JSON-ready values. `studio` is a Studio or its id.
    """
    studio_id = getattr(studio, "pk", studio)
    head = locked_head(studio_id)
    typist = getattr(by, "acting_user", None)
    actor, principal = (typist, by) if typist else (by, None)
    with translation.override("zh-hans"):
        row = {
            "studio_id": studio_id,
            "sequence": head.sequence + 1,
            "at": timezone.now().astimezone(datetime.UTC),
            "actor_id": str(actor.pk) if actor else "",
            "actor_name": str(actor) if actor else "",
            "principal_id": str(principal.pk) if principal else "",
            "principal_name": str(principal) if principal else "",
            "verb": verb,
            "object_type": on._meta.label_lower,
            "object_id": str(on.pk),
            "object_name": str(on)[:120],
            "before": jsonable(before or {}),
            "after": jsonable(after or {}),
            "previous_digest": head.digest,
        }
    entry = Entry.objects.create(**row, digest=digest_of(row))
    write_down()
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save()
    return entry


def locked_head(studio_id) -> ChainHead:
    """The end of the studio's chain, which nobody else moves on meanwhile; a new chain gets its first."""
    heads = ChainHead.objects.select_for_update().filter(studio_id=studio_id)
    if head := heads.first():
        return head
    ChainHead.objects.get_or_create(studio_id=studio_id)
    return heads.get()


def jsonable(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they come back from a JSON column, so that the digest can be computed again from the row."""
    return {str(key): plain(value) for key, value in values.items()}


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return jsonable(value)
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


def changes(before: Model, after: Model, fields: list[str]) -> tuple[dict, dict]:
    """The fields that differ between two states of a row, as (before, after) for `record`."""
    old = {name: plain(getattr(before, name)) for name in fields}
    new = {name: plain(getattr(after, name)) for name in fields}
    differing = [name for name in fields if old[name] != new[name]]
    return {name: old[name] for name in differing}, {name: new[name] for name in differing}
