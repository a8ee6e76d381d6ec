"""Reads a chain from its first entry and says where it was touched."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from .chain import COVERED, digest_of
from .models import ChainHead, Entry

SET_RIGHT = datetime.timedelta(minutes=5)  # a clock may be put right by so much and nobody speaks of it


class Verdict(NamedTuple):
    """`fault` is empty for a sound chain; `sequence` is the last sound entry, or the first bad one.

    `back_at` is the first entry whose time lies before that of its forerunner, or 0: the clock was turned back. That is
    no fault of the chain, and can't be mended.
    """

    studio_id: UUID
    sequence: int
    digest: str
    fault: str = ""
    back_at: int = 0


def verify_all() -> Iterator[Verdict]:
    with_head = ChainHead.objects.values_list("studio_id", flat=True)
    with_entries = Entry.objects.order_by().values_list("studio_id", flat=True).distinct()
    for studio_id in sorted({*with_head, *with_entries}):
        yield verify(studio_id)


def verify(studio_id: UUID) -> Verdict:
    """Recomputes every digest of one studio's chain, a few thousand rows in memory at a time.

    Finds any change to a covered column, a hole, an entry put in, put elsewhere or moved to another studio, and an
    end cut off. Someone who can rewrite the whole chain and its head leaves no trace here: see anchors.py.
    """
    at_start = ChainHead.objects.filter(studio_id=studio_id).first()
    start_seen = at_start is not None and at_start.sequence == 0
    sequence, previous, back_at, latest = 0, "", 0, None
    rows = Entry.objects.filter(studio_id=studio_id).order_by("sequence").values(*COVERED, "digest")
    for row in rows.iterator(chunk_size=2000):
        if row["sequence"] != sequence + 1:
            return Verdict(studio_id, sequence + 1, previous, "missing")
        if row["previous_digest"] != previous:
            return Verdict(studio_id, row["sequence"], previous, "not linked to the entry before it")
        if digest_of(row) != row["digest"]:
            return Verdict(studio_id, row["sequence"], previous, "changed")
        sequence, previous = row["sequence"], row["digest"]
        if latest and row["at"] < latest - SET_RIGHT:
            back_at = back_at or sequence
        latest = max(latest or row["at"], row["at"])
        start_seen |= at_start is not None and (sequence, previous) == (at_start.sequence, at_start.digest)
    head = ChainHead.objects.filter(studio_id=studio_id).first()
    if head is None:
        return Verdict(studio_id, sequence, previous, "the head of the chain is missing")
    written_meanwhile = start_seen and head.sequence > at_start.sequence
    if (head.sequence, head.digest) != (sequence, previous) and not written_meanwhile:
        return Verdict(studio_id, sequence + 1, previous, f"the head says {head.sequence} entries")
    return Verdict(studio_id, sequence, previous, back_at=back_at)
