"""Copies of a template into the database, block by block; each block is one transaction that also notes that it is done."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing

from django.db import connection, transaction

from cohorts.clinic.searching import index

from .keeping import Work
from .places import Site, neighbourhoods
from .template import NUMBER, OPEN, SHUT, Part, Template

MARK = re.compile(rf"{OPEN}([a-z])([0-9]+){SHUT}".encode())
PLACE = re.compile(rf"{OPEN}c([0-9]+){SHUT}".encode())


class Rendered:
    """A part with its text ready to be copied."""

    def __init__(self, part: Part):
        self.copy = f'COPY "{part.table}" ({part.columns}) FROM STDIN'
        self.spare, body = part.spare, part.body.encode()
        self.body, self.lines, self.has_marks = body, body.count(b"\n"), OPEN.encode() in body
        self.rows = (
            [(int(PLACE.search(line)[1]), line) for line in body.splitlines(keepends=True)] if part.spare else []
        )

    def of(self, site: Site, values: "Values") -> tuple[bytes, int]:
        """(the copy's text, its rows)."""
        body, lines = self.body, self.lines
        if self.spare:
            kept = [line for place, line in self.rows if place < len(values.places)]
            body, lines = b"".join(kept), len(kept)
        body = body.replace(NUMBER.encode(), f"{site.number:012x}".encode())
        return (MARK.sub(values.of, body) if self.has_marks else body), lines


class Values:
    """What a copy says where the template has a mark."""

    def __init__(self, site: Site, name: str, places: list[str]):
        self.site, self.name, self.places = site, name, places

    def of(self, found: re.Match) -> bytes:
        return getattr(self, found[1].decode())(int(found[2])).encode()

    def c(self, place: int) -> str:
        return self.places[place % len(self.places)]

    def s(self, place: int) -> str:
        return self.c(place)[:9]

    def d(self, _: int) -> str:
        return self.site.district

    def k(self, _: int) -> str:
        return f"{self.site.number:05}"

    def n(self, _: int) -> str:
        return f"{self.name}第二书记工作室" if self.site.second else f"{self.name}书记工作室"

    def p(self, place: int) -> str:
        """Numbers that no network hands out: 10 is no mobile prefix."""
        return f"10{self.site.number:05}{place:04}"


class Filler:
    def __init__(self, template: Template, work: Work, names: dict[str, str]):
        self.needed, self.wanted, self.work, self.names = template.needed, template.wanted, work, names
        self.parts = [Rendered(part) for part in template.parts]
        self.stop = threading.Event()

    def run(self, sites: list[Site], size: int, workers: int) -> Iterator[tuple[int, int]]:
        """Fills all sites, `size` of them a block; yields (studios, rows) of each block when it is done."""
        blocks = [sites[start : start + size] for start in range(0, len(sites), size)]
        with ThreadPoolExecutor(workers) as pool:
            waiting = [pool.submit(self.block, block) for block in blocks]
            try:
                for done in as_completed(waiting):
                    yield done.result()
            finally:
                self.stop.set()
                pool.shutdown(cancel_futures=True)

    def block(self, sites: list[Site]) -> tuple[int, int]:
        """In a thread of its own, with a connection of its own."""
        if self.stop.is_set():
            return 0, 0
        with closing(connection), transaction.atomic(), connection.cursor() as cursor:
            self.work.settle(cursor)
            values = [self.values(cursor, site) for site in sites]
            rows = sum(self.copy(cursor, part, sites, values) for part in self.parts)
            cursor.execute(index.FROM_STAGE)
            self.work.note(cursor, sites)
        return len(sites), rows

    def values(self, cursor, site: Site) -> Values:
        return Values(site, self.names[site.district], neighbourhoods(cursor, site, self.needed, self.wanted))

    def copy(self, cursor, part: Rendered, sites: list[Site], values: list[Values]) -> int:
        rows = 0
        with cursor.copy(part.copy) as copy:
            for site, value in zip(sites, values, strict=True):
                body, lines = part.of(site, value)
                copy.write(body)
                rows += lines
        return rows
