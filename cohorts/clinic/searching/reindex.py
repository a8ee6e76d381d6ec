"""Everything anew: for a copy that was restored, or after the way of making tokens changed."""

from collections.abc import Callable, Iterator

from cohorts.clinic.choices import HitKind
from cohorts.clinic.models import SearchText
from mentorship.common.plugs import answers_to

from .keeping import (
    cards_to_keep,
    cases_to_keep,
    document_of_card,
    document_of_case,
    document_of_method,
    drop_all,
    keep_all,
    methods_to_keep,
)

BATCH = 200
SOURCES = {
    HitKind.METHOD: (methods_to_keep, document_of_method, ("created_at", "pk")),
    HitKind.CARD: (cards_to_keep, document_of_card, ("published_on", "pk")),
    HitKind.CASE: (cases_to_keep, document_of_case, ("date", "number", "pk")),
}


def reindex(tell: Callable[[str, int], None]) -> int:
    """Keeps every case, card and method that may be found, the old before the new, drops what may not, and asks those
    above to do the same with theirs. `tell(kind, so many)` after each batch. Returns how many rows there are."""
    total = 0
    for kind, (rows, document_of, order) in SOURCES.items():
        kept = 0
        for batch in batches(rows().order_by(*order)):
            keep_all(document_of(row) for row in batch)
            kept += len(batch)
            tell(HitKind(kind).label, kept)
        drop_all(SearchText.objects.filter(kind=kind).exclude(object_id__in=rows().values("pk")))
        total += kept
    return total + sum(again(tell) for again in answers_to("reindex"))


def batches(rows) -> Iterator[list]:
    """By key, not by offset: a row that comes in meanwhile moves none of the others."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        found = {row.pk: row for row in rows.filter(pk__in=keys[start : start + BATCH])}
        yield [found[key] for key in keys[start : start + BATCH] if key in found]
