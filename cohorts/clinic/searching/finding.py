"""Finding: the index gives candidates, each model says which of them the reader may see, and only those are returned."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from cohorts.clinic.choices import Category, HitKind
from cohorts.clinic.models import Case, CaseCard, SearchText
from cohorts.meetings.models import Product
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.plugs import answers_to
from mentorship.places.models import Studio

from . import index
from .asking import Question, question_of
from .boolean import either, every
from .marking import Piece, excerpt_of, pieces_of
from .ranking import Candidate, Scored, ranked
from .tokens import CATEGORY, KIND, NEIGHBOURHOOD, OPEN, OUTCOME, STUDIO, SUBJECT, facet

LONGEST_QUESTION = 100
ENOUGH = 8  # so many answers to all words, and the question is not relaxed


class Seen(NamedTuple):
    """What whoever owns a thing tells of it to a reader who may see it. `meta`: a line under its title."""

    url: str
    meta: str = ""


@dataclass(frozen=True)
class Hit:
    row: Candidate
    kind: str
    object_id: uuid.UUID
    seen: Seen
    question: Question = field(repr=False)
    score: float = 0.0

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def date(self):
        return self.row.date

    @property
    def category(self) -> str:
        return self.row.category

    @property
    def category_label(self) -> str:
        return Category(self.category).label if self.category else ""

    @property
    def kind_label(self) -> str:
        return HitKind(self.kind).label

    @property
    def url(self) -> str:
        return self.seen.url

    @property
    def meta(self) -> str:
        return self.seen.meta

    @cached_property
    def title_pieces(self) -> list[Piece]:
        return pieces_of(self.title, self.question)

    @cached_property
    def excerpt(self) -> list[Piece]:
        return excerpt_of(self.row.body, self.question)


def find(
    reader: User, studio: Studio, words: str, *, kinds: Iterable[str] = (), category: str = "", subject: str = "",
    neighbourhood: str = "", outcome: str = "", most: int = 200,
) -> list[Hit]:  # fmt: skip
    """The best first; without words the newest first."""
    facets = [facet(STUDIO, studio.pk)]
    for sort, value in (
        (CATEGORY, category), (SUBJECT, subject), (NEIGHBOURHOOD, neighbourhood), (OUTCOME, outcome),
    ):  # fmt: skip
        facets += [facet(sort, value)] if value else []
    if kinds:
        facets.append(either([facet(KIND, kind) for kind in kinds]))
    if not reader.can(Permission.CLINIC_VIEW, studio):
        facets.append(OPEN)
    question = question_of(words[:LONGEST_QUESTION])
    return seen_by(reader, studio, question, *candidates_for(question, facets, most))


def candidates_for(question: Question, facets: list, most: int) -> tuple[list[int], frozenset[int]]:
    """(ids, those of them that only a relaxed question found). Each tier takes in the one before it."""
    if not question:
        return index.newest([every(facets)], most)[0], frozenset()
    strict = united(index.newest([every([*facets, tier]) for tier in question.strict], most), most)
    if len(strict) >= ENOUGH:
        return strict, frozenset()
    loose = united(index.newest([every([*facets, tier]) for tier in question.relaxed], most), most)
    known = set(strict)
    added = [id_ for id_ in loose if id_ not in known][: most - len(strict)]
    return strict + added, frozenset(added)


def united(tiers: list[list[int]], most: int) -> list[int]:
    return list(dict.fromkeys(id_ for tier in tiers for id_ in tier))[:most]


def seen_by(reader: User, studio: Studio, question: Question, ids: list[int], relaxed: frozenset[int]) -> list[Hit]:
    """In order, without what the reader may not see: the index is never the permission."""
    rows = {row.pk: row for row in SearchText.objects.filter(pk__in=ids, studio=studio)}
    candidates = [
        Candidate(row.pk, row.title, row.keywords, row.body, row.category, row.date)
        for row in (rows[id_] for id_ in ids if id_ in rows)
    ]
    order = ranked(question, candidates, relaxed) if question else [Scored(0.0, each) for each in candidates]
    seen = {kind: shown(kind, reader, [row.object_id for row in rows.values() if row.kind == kind]) for kind in HitKind}
    return [
        Hit(each, row.kind, row.object_id, seen[row.kind][row.object_id], question, score)
        for score, each in order
        if (row := rows[each.id]).object_id in seen[row.kind]
    ]


def shown(kind: str, reader: User, ids: list[uuid.UUID]) -> dict[uuid.UUID, Seen]:
    """What of these the reader may see, in one query a kind."""
    if kind in OURS:
        return OURS[kind](reader, ids)
    return {id_: Seen(*told) for ask in answers_to("hits_of") for id_, told in ask(reader, kind, ids).items()}


def cases_shown(reader: User, ids: list[uuid.UUID]) -> dict[uuid.UUID, Seen]:
    rows = Case.objects.visible_to(reader).searchable().filter(pk__in=ids).select_related("community")
    return {
        row.pk: Seen(reverse("clinic:case", args=[row.pk]), f"{row.community} · {row.get_state_display()}")
        for row in rows
    }


def cards_shown(reader: User, ids: list[uuid.UUID]) -> dict[uuid.UUID, Seen]:
    rows = CaseCard.objects.visible_to(reader).published().filter(pk__in=ids)
    return {row.pk: Seen(reverse("clinic:card", args=[row.pk]), row.get_neighbourhood_display()) for row in rows}


def methods_shown(reader: User, ids: list[uuid.UUID]) -> dict[uuid.UUID, Seen]:
    rows = Product.objects.visible_to(reader).filter(pk__in=ids)
    return {row.pk: Seen(reverse("meetings:product", args=[row.pk]), row.author) for row in rows}


OURS: dict[str, Callable] = {
    HitKind.CASE: cases_shown, HitKind.CARD: cards_shown, HitKind.METHOD: methods_shown,
}  # fmt: skip
