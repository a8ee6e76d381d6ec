"""Shared logs in the search of the clinic: kept in the transaction that wrote them, and shown to who may read them."""

import uuid
from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from cohorts.clinic.choices import HitKind
from cohorts.clinic.models import SearchText
from cohorts.clinic.searching.keeping import drop, drop_all, keep_all
from cohorts.clinic.searching.tokens import Document
from evaluations.logs.choices import Privacy
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User

BATCH = 200
TOLD = ("text", "questions", "highlights", "problems", "improve")


def to_keep() -> QuerySet[TeachingLog]:
    """Shared by the mentor, standing, and never a sensitive one."""
    return TeachingLog.objects.standing().searchable().filter(privacy=Privacy.SHARED).prefetch_related("subjects")


def keep_log(log: TeachingLog) -> None:
    """As it stands now; one that may not be found is found no more."""
    row = to_keep().filter(pk=log.pk).first()
    if row is None:
        drop(HitKind.LOG, log.pk)
    else:
        keep_all([document_of(row)])


def document_of(log: TeachingLog) -> Document:
    """The mentor's one sentence leads."""
    with translation.override("zh-hans"):
        title = log.title or str(log.get_mode_display())
    return Document(
        kind=HitKind.LOG, object_id=log.pk, studio_id=log.studio_id, title=title, date=log.date, lead=log.advice,
        text="\n".join(words for name in TOLD if (words := getattr(log, name))),
        subjects=tuple(subject.code for subject in log.subjects.all()), open_to_all=True,
    )  # fmt: skip


def hits_of(reader: User, kind: str, ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Of these logs those that the reader may open: id to (address, a line about it). Shared is shared with the cohort:
    others don't find it."""
    if kind != HitKind.LOG:
        return {}
    rows = TeachingLog.objects.visible_to(reader).filter(pk__in=to_keep().filter(pk__in=ids).values("pk"))
    return {
        row.pk: (reverse("logs:log", args=[row.pk]), f"{row.mentor} · {row.get_mode_display()}")
        for row in rows.select_related("mentor__secretary")
    }


def reindex(tell: Callable[[str, int], None]) -> int:
    """All of them anew; what may not be found is dropped. `tell(kind, so many)` after each batch."""
    keys, kept = list(to_keep().order_by("date", "pk").values_list("pk", flat=True)), 0
    for start in range(0, len(keys), BATCH):
        found = to_keep().in_bulk(keys[start : start + BATCH])
        keep_all(document_of(found[key]) for key in keys[start : start + BATCH] if key in found)
        kept += len(found)
        tell(HitKind.LOG.label, kept)
    drop_all(SearchText.objects.filter(kind=HitKind.LOG).exclude(object_id__in=to_keep().values("pk")))
    return kept
