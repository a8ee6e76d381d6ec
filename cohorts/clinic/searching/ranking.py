"""The order of what was found: where each word stands, how close it is to what was typed, how many of them stand at all;
then the newer first. Pure, and the same for the same candidates."""

import datetime
import math
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .asking import Question, Term
from .sounds import initials_of, syllables_of
from .text import HAN_RUNS, low, pairs_of

PLACES = TITLE, KEYWORDS, LEAD, REST = 1.0, 0.7, 0.5, 0.35  # what a word is worth there, the best first
ITSELF, POINTED, NEAR, FAR, SOUND = 1.0, 0.6, 0.5, 0.3, 0.5
SCATTERED = 0.6  # all pairs of a long word stand, but not beside each other
ALSO = 0.1  # for every further place
PHRASE = 0.3  # all that was typed stands in the title as it was typed
SHARE_OF_BEST = 0.3  # what was found by relaxing, and is weaker than this part of the best, is left out


class Candidate(NamedTuple):
    id: int
    kind: str
    object_id: uuid.UUID
    title: str
    keywords: str
    body: str
    category: str
    date: datetime.date


class Scored(NamedTuple):
    """`score` orders; `evidence` says how much speaks for it at all, however much else was typed."""

    score: float
    evidence: float
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Searched:
    """A candidate's texts as they are searched, in the order of PLACES."""

    texts: tuple[str, str, str, str]
    category: str


def searched(candidate: Candidate) -> Searched:
    lead, _, rest = low(candidate.body).partition("\n")
    return Searched((low(candidate.title), low(candidate.keywords), lead, rest), candidate.category)


@dataclass(frozen=True, slots=True)
class Grader:
    """One word, with what is the same for every candidate worked out once. `near` and `far`: other words of its
    category; one that shares a character with the word is nearer, unless it is only a part of it."""

    term: Term
    own: float
    near: tuple[str, ...]
    far: tuple[str, ...]

    @classmethod
    def of(cls, term: Term) -> "Grader":
        near = [
            word for word in term.meaning.others if any(set(word) & set(own) and word not in own for own in term.words)
        ]
        far = [word for word in term.meaning.others if word not in near]
        return cls(term, SOUND if term.by_sound else ITSELF, tuple(near), tuple(far))

    def grade(self, text: Searched) -> float:
        """How well the word is answered, 0 for not at all."""
        found = max(by_words(self.term.words, text.texts), self.by_category(text))
        if found < TITLE and (self.term.readings or self.term.initials):
            found = max(found, by_sounds(self.term, text.texts))
        if found < NEAR:
            found = max(found, NEAR * best_of(self.near, text.texts), FAR * best_of(self.far, text.texts))
        return self.own * found

    def by_category(self, text: Searched) -> float:
        if text.category not in self.term.meaning.categories:
            return 0.0
        labels = self.term.meaning.subs
        return KEYWORDS * (POINTED if labels and not set(labels).isdisjoint(text.texts[1].split(" ")) else FAR)


def by_words(words: Iterable[str], texts: Sequence[str]) -> float:
    return max(standing(word, texts) or (scattered(word, texts) if len(word) > 2 else 0.0) for word in words)


def standing(word: str, texts: Sequence[str]) -> float:
    """The best of the places where it stands, and a little for each of the others."""
    places = [weight for text, weight in zip(texts, PLACES, strict=True) if word in text]
    return places[0] + ALSO * (len(places) - 1) if places else 0.0


def scattered(word: str, texts: Sequence[str]) -> float:
    """By the share of the word's pairs that stand in a text; all of them are still not the word."""
    pairs = pairs_of(word)
    shares = [sum(pair in text for pair in pairs) / len(pairs) for text in texts]
    return max(SCATTERED * share * share * weight for share, weight in zip(shares, PLACES, strict=True))


def best_of(words: Iterable[str], texts: Sequence[str]) -> float:
    """The best place of any of them; the rest of the body is too long to mean anything by another word."""
    for text, weight in zip(texts[:3], PLACES, strict=False):
        if any(word in text for word in words):
            return weight
    return 0.0


def by_sounds(term: Term, texts: Sequence[str]) -> float:
    for text, weight in zip(texts[:2], PLACES, strict=False):
        if any(f" {' '.join(reading)} " in spoken(text) for reading in term.readings):
            return weight
        if term.initials and term.initials in lettered(text):
            return weight
    return 0.0


@lru_cache(maxsize=4096)
def spoken(text: str) -> str:
    """Its syllables, each between two spaces."""
    return "  ".join(f" {' '.join(syllables_of(run))} " for run in HAN_RUNS.findall(text))


@lru_cache(maxsize=4096)
def lettered(text: str) -> str:
    return " ".join(initials_of(run) for run in HAN_RUNS.findall(text))


def ranked(question: Question, candidates: Sequence[Candidate], relaxed: frozenset[int] = frozenset()) -> list[Scored]:
    """Best first. `relaxed`: ids that only a relaxed question found; the weak ones of them are left out."""
    graders = [Grader.of(term) for term in question.terms]
    texts = [searched(each) for each in candidates]
    grades = [[grader.grade(text) for grader in graders] for text in texts]
    weights = [
        term.weight * rarity(sum(row[place] >= FAR for row in grades), len(candidates))
        for place, term in enumerate(question.terms)
    ]
    scored = [
        Scored(score(question, row, weights, text.texts[0]), evidence(question, row), each)
        for each, text, row in zip(candidates, texts, grades, strict=True)
    ]
    floor = SHARE_OF_BEST * max((each.score for each in scored), default=0)
    kept = [each for each in scored if each.candidate.id not in relaxed or each.score >= floor]
    return sorted(kept, key=lambda it: (-it.score, -it.candidate.date.toordinal(), -it.candidate.id))


def rarity(standing: int, total: int) -> float:
    """Of a word that stands in so many of the candidates: 1 for one that stands in one, less for what stands in all."""
    return math.log(1 + total / max(1, standing)) / math.log(1 + total) if total else 1.0


def score(question: Question, row: list[float], weights: list[float], title: str) -> float:
    """Rounded: the last binary digits decide nothing."""
    covered = sum(weight for weight, each in zip(weights, row, strict=True) if each) / sum(weights)
    total = sum(weight * each for weight, each in zip(weights, row, strict=True)) / sum(weights)
    phrase = len(question.terms) > 1 and "".join(term.text for term in question.terms) in title
    return round(total * covered + PHRASE * phrase, 6)


def evidence(question: Question, row: list[float]) -> float:
    return sum(term.weight * each for term, each in zip(question.terms, row, strict=True))
