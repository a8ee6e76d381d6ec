"""The ends of all chains as a text that is kept away from the machine, and what is gone since.

A line holds a studio, the number of its last entry and that entry's digest. Whoever cuts the end of a chain off, or puts an
older file in place of the database, leaves a chain that is sound in itself; only such a text shows what is missing. Each
digest covers the one before it, so an entry that is still the same vouches for all before it.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from .models import ChainHead, Entry

LINE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s+(\d+)\s+([0-9a-f]{64})")


class Anchor(NamedTuple):
    studio_id: UUID
    sequence: int
    digest: str


def heads() -> list[Anchor]:
    rows = ChainHead.objects.filter(sequence__gt=0).order_by("studio_id")
    return [Anchor(row.studio_id, row.sequence, row.digest) for row in rows]


def written(anchors: Iterable[Anchor], at: datetime.datetime, site: str) -> str:
    lines = [f"{anchor.studio_id} {anchor.sequence} {anchor.digest}" for anchor in anchors]
    return "\n".join([f"# Ends of the audit chains of {site}, {at.isoformat(timespec='seconds')}", *lines, ""])


def read(text: str) -> list[Anchor]:
    """Whatever stands around the lines: a saved e-mail will do."""
    return [Anchor(UUID(studio), int(sequence), digest) for studio, sequence, digest in LINE.findall(text)]


def lost(anchors: Iterable[Anchor]) -> Iterator[tuple[UUID, str]]:
    """Studios whose chain no longer holds what was anchored, with what is wrong."""
    for studio_id, sequence, digest in anchors:
        found = Entry.objects.filter(studio_id=studio_id, sequence=sequence).values_list("digest", flat=True).first()
        if found is None:
            yield studio_id, f"entry {sequence} was there when this was anchored, and is gone: the end was cut off"
        elif found != digest:
            yield studio_id, f"entry {sequence} is another than the one that was anchored"
