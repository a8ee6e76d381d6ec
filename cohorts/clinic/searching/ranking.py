"""The order of what was found: where each word stands, how close it is to what was typed, how many of them stand at all;
then the newer first. Pure, and the same for the same candidates."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .asking import Question, Term
from .sounds import initials_of, syllables_of
from .text import HAN_RUNS, low, pairs_of

TITLE, KEYWORDS, LEAD, REST = 1.0, 0.7, 0.5, 0.35
ITSELF, POINTED, NEAR, FAR, SOUND = 1.0, 0.6, 0.5, 0.3, 0.5
SCATTERED = 0.6  # all pairs of a long word stand, but not beside each other
ALSO = 0.1  # for every further place
PHRASE = 0.3  # all that was typed stands in the title as it was typed
SHARE_OF_BEST = 0.3  # what was found by relaxing, and is weaker than this part of the best, is left out


@dataclass(frozen=True)
class Candidate:
    id: int
    title: str
    keywords: str
    body: str
    category: str
    date: datetime.date

    @cached_property
    def places(self) -> tuple[tuple[str, float], ...]:
        lead, _, rest = low(self.body).partition("\n")
        return ((low(self.title), TITLE), (low(self.keywords), KEYWORDS), (lead, LEAD), (rest, REST))

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(self.keywords.split(" "))

    @cached_property
    def sounding(self) -> tuple[tuple[str, str, float], ...]:
        """(syllables, initials, weight) of title and keywords; a space stands around each syllable."""
        return tuple((spoken(text), lettered(text), weight) for text, weight in self.places[:2])


def spoken(text: str) -> str:
    return "  ".join(f" {' '.join(syllables_of(run))} " for run in HAN_RUNS.findall(text))


def lettered(text: str) -> str:
    return " ".join(initials_of(run) for run in HAN_RUNS.findall(text))


def best_place(found: list[float]) -> float:
    """The best of the places, and a little for each of the others."""
    return max(found) + ALSO * (len(found) - 1) if found else 0.0


def grade(term: Term, candidate: Candidate) -> float:
    """How well one word is answered, 0 for not at all."""
    own = SOUND if term.by_sound else ITSELF
    found = [own * by_words(term, candidate), own * by_category(term, candidate)]
    if term.readings or term.initials:
        found.append(SOUND * by_sounds(term, candidate))
    if max(found) < NEAR:
        found.append(own * by_others(term, candidate))
    return max(found)


def by_category(term: Term, candidate: Candidate) -> float:
    if candidate.category not in term.meaning.categories:
        return 0.0
    return KEYWORDS * (POINTED if candidate.labels.intersection(term.meaning.subs) else FAR)


def by_words(term: Term, candidate: Candidate) -> float:
    found = []
    for word in term.words:
        standing = [weight for text, weight in candidate.places if word in text]
        if not standing and len(word) > 2:
            standing = [share * weight for text, weight in candidate.places if (share := scattered(word, text))]
        found.append(best_place(standing))
    return max(found)


def scattered(word: str, text: str) -> float:
    """The share of the word's pairs that stand in the text; all of them are still not the word."""
    pairs = pairs_of(word)
    share = sum(pair in text for pair in pairs) / len(pairs)
    return SCATTERED * share * share


def by_sounds(term: Term, candidate: Candidate) -> float:
    found = []
    for syllables, letters, weight in candidate.sounding:
        spoken_so = any(f" {' '.join(reading)} " in syllables for reading in term.readings)
        if spoken_so or (term.initials and term.initials in letters):
            found.append(weight)
    return best_place(found)


def by_others(term: Term, candidate: Candidate) -> float:
    """By another word of its category; one that shares a character with it is nearer, unless it is only a part of it."""
    found = [0.0]
    for word in term.meaning.others:
        near = NEAR if any(set(word) & set(own) and word not in own for own in term.words) else FAR
        found += [near * weight for text, weight in candidate.places[:3] if word in text]
    return max(found)


class Scored(NamedTuple):
    score: float
    candidate: Candidate


def ranked(question: Question, candidates: Sequence[Candidate], relaxed: frozenset[int] = frozenset()) -> list[Scored]:
    """Best first. `relaxed`: ids that only a relaxed question found; the weak ones of them are left out."""
    grades = [[grade(term, each) for term in question.terms] for each in candidates]
    weights = [
        term.weight * rarity(sum(row[place] >= FAR for row in grades), len(candidates))
        for place, term in enumerate(question.terms)
    ]
    scored = [Scored(score(question, row, weights, each), each) for each, row in zip(candidates, grades, strict=True)]
    floor = SHARE_OF_BEST * max((each.score for each in scored), default=0)
    kept = [each for each in scored if each.candidate.id not in relaxed or each.score >= floor]
    return sorted(kept, key=lambda it: (-it.score, -it.candidate.date.toordinal(), -it.candidate.id))


def rarity(standing: int, total: int) -> float:
    """Of a word that stands in so many of the candidates: 1 for one that stands in one, less for what stands in all."""
    return math.log(1 + total / max(1, standing)) / math.log(1 + total) if total else 1.0


def score(question: Question, row: list[float], weights: list[float], candidate: Candidate) -> float:
    """Rounded: the last binary digits decide nothing."""
    covered = sum(weight for weight, each in zip(weights, row, strict=True) if each) / sum(weights)
    total = sum(weight * each for weight, each in zip(weights, row, strict=True)) / sum(weights)
    phrase = "".join(term.text for term in question.terms)
    return round(total * covered + PHRASE * (len(question.terms) > 1 and phrase in candidate.places[0][0]), 6)
