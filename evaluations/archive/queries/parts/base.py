"""What a part of a mentoring file is: where its rows come from, how a row is printed, and what of it is digested.

A capability that makes papers of its own adds one Part to the catalogue (catalogue.py) and nothing else.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Model, QuerySet

from cohorts.models import Mentee
from evaluations.archive.choices import PartState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.dates import add_months


@dataclass(frozen=True)
class Look:
    """Who looks at whose file. `reader=None` is the studio's own record, whole: what is bound and digested."""

    mentee: Mentee
    reader: User | None = None

    @property
    def is_studio(self) -> bool:
        return self.reader is None or self.reader.can(Permission.ARCHIVE_VIEW, self.mentee.studio_id)


@dataclass(frozen=True)
class Picture:
    file: Any  # a stored file
    words: str


@dataclass
class Item:
    """One paper (件) as it is printed."""

    title: str
    date: datetime.date | None = None
    by: str = ""  # 责任者
    meta: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    brief: bool = False  # the facts in one line, where there are many papers
    texts: list[tuple[str, str]] = field(default_factory=list)  # heading (may be empty) and text
    head: list[str] = field(default_factory=list)  # of a table
    rows: list[list[str]] = field(default_factory=list)
    note: str = ""  # the mentor's words in red
    note_by: str = ""
    letter: dict | None = None
    pictures: list[Picture] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """`rows` are all that belong in any file; a reader gets those of them that `visible_to` gives."""

    rows: Callable[[], QuerySet]
    show: Callable[[list, Look], list[Item]]
    facts: Callable[[Any, Look], dict]
    owner: str = "mentee"
    guarded: bool = True  # the model has a `visible_to` of its own; else whoever may read the person may read these

    def seen_by(self, reader: User | None) -> QuerySet:
        rows = self.rows()
        return rows.visible_to(reader) if reader is not None and self.guarded else rows

    def counts(self, mentees: QuerySet, reader: User | None) -> dict:
        """How many rows each of these mentees has, by id; none are left out."""
        rows = self.seen_by(reader).filter(studio__in=mentees.order_by().values("studio"))
        rows = rows.filter(**{f"{self.owner}__in": mentees}).order_by()
        return dict(rows.values_list(self.owner).annotate(n=Count("pk", distinct=True)))

    def of(self, look: Look) -> list:
        """Each row once, however many ways lead from it to the person."""
        rows = self.seen_by(look.reader).filter(studio=look.mentee.studio_id)  # where an owner is worked out row by row
        return list(dict.fromkeys(rows.filter(**{self.owner: look.mentee.pk})))


# When a part ought to be there. Before that its absence is no fault.
ALWAYS, PAIRED, AFTER_A_MONTH, IF_ANY = "always", "paired", "after_a_month", "if_any"


@dataclass(frozen=True)
class Part:
    code: str  # never changes: bound files are compared by it
    no: str  # its number in the catalogue, domain.md §2.23
    title: Any
    sources: tuple[Source, ...] = ()  # none: nothing in the studio makes such papers yet
    due: str = IF_ANY
    advice: Any = ""  # what to do when it is missing
    link: str = ""  # the page where that is done: a URL name that takes the mentee
    kept: bool = False  # the studio's own: not in the copy that the apprentice reads

    def is_due(self, paired_since: datetime.date | None, today: datetime.date) -> bool:
        if self.due == ALWAYS:
            return True
        if paired_since is None or self.due == IF_ANY:
            return False
        return paired_since <= today if self.due == PAIRED else add_months(paired_since, 1) <= today

    def state(self, count: int, look_is_studio: bool, paired_since, today) -> PartState:
        if self.kept and not look_is_studio:
            return PartState.KEPT
        if count:
            return PartState.PRESENT
        if self.sources and self.is_due(paired_since, today):
            return PartState.MISSING
        return PartState.NOT_YET


def with_start(mentees: QuerySet) -> QuerySet:
    """Adds `paired_since`, the day of the first pair."""
    return mentees.annotate(paired_since=Min("pairings__starts"))


def each(show: Callable[[Any, Look], Item]) -> Callable[[list, Look], list[Item]]:
    """For sources of which each row is a paper."""
    return lambda rows, look: [show(row, look) for row in rows]


def label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def worded(row: Model, names: Iterable[str]) -> list[tuple[str, str]]:
    """(label, words) of the fields that hold something, as the model names them."""
    return [(label(type(row), name), words) for name in names if (words := words_of(row, name))]


def words_of(row: Model, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return "" if value is None else str(value)


def kept(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """Fields as they stand in the database, for the digest."""
    return {name: getattr(row, row._meta.get_field(name).attname) for name in names}


def digest_of(facts: Any) -> str:
    """SHA-256 of the facts as JSON: keys in order, no spaces, everything else as text."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def digest_of_file(file) -> str:
    """Of a stored file's bytes; a file that is gone has a digest of its own."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, ValueError):
        return "gone"
