"""Finding: the index gives candidates, each model says which of them the reader may see, and only those are returned."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from django.urls import reverse

from cohorts.clinic.choices import CaseState, Category, HitKind, Outcome
from cohorts.clinic.models import Case, CaseCard, SearchText
from cohorts.meetings.models import Product
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.plugs import answers_to
from mentorship.places.choices import NeighbourhoodType
from mentorship.places.models import Studio, in_language

from . import index
from .asking import Question, question_of
from .boolean import either, every
from .marking import Piece, excerpt_of, pieces_of
from .ranking import Candidate, Scored, ranked
from .tokens import CATEGORY, KIND, NEIGHBOURHOOD, OPEN, OUTCOME, STUDIO, SUBJECT, facet

LONGEST_QUESTION = 100
NO_QUESTION = Question(())
MOST_RELAXED = 100  # of answers to a part of the question the first pages are enough
ENOUGH = 8  # so many answers to all words, and the question is not relaxed


class Seen(NamedTuple):
    """What whoever owns a thing tells of it to a reader who may see it. `meta`: a line under its title."""

    url: str
    meta: str = ""


@dataclass(frozen=True)
class Hit:
    row: Candidate
    told: Callable[[], Seen] = field(repr=False)  # asked only for what is shown
    question: Question = field(repr=False)
    score: float = 0.0
    evidence: float = 0.0

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def object_id(self) -> uuid.UUID:
        return self.row.object_id

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

    @cached_property
    def seen(self) -> Seen:
        return self.told()

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
    neighbourhood: str = "", outcome: str = "", most: int = 100,
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
    in_title, anywhere, related = [every([*facets, tier]) for tier in question.strict]
    strict = united(index.newest([in_title, anywhere], most), most)
    if len(strict) < most:
        strict = united([strict, *index.newest([related], most)], most)
    if len(strict) >= ENOUGH:
        return strict, frozenset()
    most = min(most, MOST_RELAXED)
    loose = united(index.newest([every([*facets, tier]) for tier in question.relaxed], most), most)
    known = set(strict)
    added = [id_ for id_ in loose if id_ not in known]
    return strict + added, frozenset(added)


def newest_shared(reader: User, studio: Studio, kinds: Iterable[str], most: int) -> list[Hit]:
    """The newest of what everyone in the studio may read."""
    facets = [facet(STUDIO, studio.pk), OPEN, either([facet(KIND, kind) for kind in kinds])]
    return seen_by(reader, studio, NO_QUESTION, index.newest([every(facets)], most)[0], frozenset())


def hits_of(reader: User, studio: Studio, things: list[tuple[str, uuid.UUID]]) -> list[Hit]:
    """Of these things what is shared and this reader may see, in the order given."""
    rows = SearchText.objects.filter(studio=studio, open_to_all=True, object_id__in=[id_ for _, id_ in things])
    ids = {(row.kind, row.object_id): row.pk for row in rows}
    return seen_by(reader, studio, NO_QUESTION, [ids[thing] for thing in things if thing in ids], frozenset())


def united(tiers: list[list[int]], most: int) -> list[int]:
    return list(dict.fromkeys(id_ for tier in tiers for id_ in tier))[:most]


def seen_by(reader: User, studio: Studio, question: Question, ids: list[int], relaxed: frozenset[int]) -> list[Hit]:
    """In order, without what the reader may not see: the index is never the permission."""
    rows = SearchText.objects.filter(pk__in=ids, studio=studio).values_list("pk", *Candidate._fields[1:])
    known = {row[0]: Candidate(*row) for row in rows}
    candidates = [known[id_] for id_ in ids if id_ in known]
    order = ranked(question, candidates, relaxed) if question else [Scored(0.0, 0.0, each) for each in candidates]
    seen = {kind: shown(kind, reader, [each.object_id for each in candidates if each.kind == kind]) for kind in HitKind}
    return [
        Hit(each, seen[each.kind][each.object_id], question, score, evidence)
        for score, evidence, each in order
        if each.object_id in seen[each.kind]
    ]


def shown(kind: str, reader: User, ids: list[uuid.UUID]) -> dict[uuid.UUID, Callable[[], Seen]]:
    """What of these the reader may see, in one query a kind, with what is told of each when it is asked."""
    if not ids:
        return {}
    if kind in OURS:
        seen, tell = OURS[kind]
        return {row[0]: partial(tell, *row) for row in seen(reader, ids)}
    told = {id_: seen for ask in answers_to("hits_of") for id_, seen in ask(reader, kind, ids).items()}
    return {id_: partial(Seen, *seen) for id_, seen in told.items()}


def cases_shown(reader: User, ids: list[uuid.UUID]):
    rows = Case.objects.visible_to(reader).searchable().filter(pk__in=ids).order_by()
    return rows.values_list("pk", "community__subdistrict__name", "community__subdistrict__name_en", "state", "outcome")


def tell_case(pk: uuid.UUID, name: str, name_en: str, state: str, outcome: str) -> Seen:
    """In which 街镇 it was, not at whose place; and what came of it or how far it is."""
    stands = Outcome(outcome).label if state == CaseState.CLOSED else CaseState(state).label
    return Seen(reverse("clinic:case", args=[pk]), f"{in_language(name, name_en)} · {stands}")


def cards_shown(reader: User, ids: list[uuid.UUID]):
    rows = CaseCard.objects.visible_to(reader).published().filter(pk__in=ids).order_by()
    return rows.values_list("pk", "neighbourhood")


def tell_card(pk: uuid.UUID, kind: str) -> Seen:
    return Seen(reverse("clinic:card", args=[pk]), str(NeighbourhoodType(kind).label) if kind else "")


def methods_shown(reader: User, ids: list[uuid.UUID]):
    return Product.objects.visible_to(reader).filter(pk__in=ids).order_by().values_list("pk", "author")


def tell_method(pk: uuid.UUID, author: str) -> Seen:
    return Seen(reverse("meetings:product", args=[pk]), author)


OURS: dict[str, tuple[Callable, Callable]] = {
    HitKind.CASE: (cases_shown, tell_case),
    HitKind.CARD: (cards_shown, tell_card),
    HitKind.METHOD: (methods_shown, tell_method),
}
