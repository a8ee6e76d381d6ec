"""From what a person types to what the index is asked: words, each with what satisfies it, and tiers from strict to
relaxed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from .boolean import Asked, at_least, either, every
from .sounds import SYLLABLES, readings_of
from .text import is_han, pairs_of, plain, runs_of
from .tokens import (
    BETWEEN,
    CATEGORY,
    CHARACTER,
    INITIALS,
    LONGEST_WORD,
    PAIR,
    SOUND,
    SOUNDS,
    TITLE_OF,
    WORD,
    facet,
)
from .wording import EMPTY, Meaning, by_sound, cut, english_of, meaning_of, taxonomy

MOST_TERMS = 8
MOST_FOR_THREE = 6  # three of six are twenty ways; of more the question grows long
SHORT = 4  # a run of Chinese up to here is words; a longer one is a sentence
WEIGHTS = {"known": 1.0, "everyday": 0.6, "rest": 0.5}
NOTHING = Meaning()


@dataclass(frozen=True)
class Term:
    """A word that was typed. `words`: Chinese or Latin that are the word itself; for one typed by its sound those of the
    taxonomy that sound so. `readings`: as syllables."""

    text: str
    words: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...] = ()
    initials: str = ""
    meaning: Meaning = field(default=NOTHING)
    weight: float = 1.0

    @property
    def by_sound(self) -> bool:
        return not is_han(self.text)

    @cached_property
    def itself(self) -> Asked:
        return either([*(word_asked(word) for word in self.words), *self.sounds])

    @cached_property
    def sounds(self) -> list[Asked]:
        found = [reading_asked(reading) for reading in self.readings]
        if self.initials:
            found.append(every([INITIALS + pair for pair in pairs_of(self.initials)]))
        return found

    @cached_property
    def kindred(self) -> Asked:
        """Itself or its category."""
        return either([self.itself, *(facet(CATEGORY, code) for code in self.meaning.categories)])

    @cached_property
    def related(self) -> Asked:
        """Itself, its category or the other words of that."""
        return either([self.kindred, *(word_asked(word) for word in self.meaning.others)])

    @property
    def pieces(self) -> list["Term"]:
        """A long word that nobody knows may be two: 车棚改造 -> 车棚, 棚改, 改造."""
        if self.by_sound or len(self.text) < 3 or self.meaning.categories:
            return [self]
        return [Term(pair, (pair,), weight=self.weight / 2) for pair in pairs_of(self.text)]


def word_asked(word: str) -> Asked:
    if not is_han(word):
        return WORD + word[:LONGEST_WORD]
    return every([PAIR + pair for pair in pairs_of(word)]) if len(word) > 1 else CHARACTER + word


def reading_asked(reading: tuple[str, ...]) -> Asked:
    if len(reading) == 1:
        return SOUND + reading[0]
    return every([SOUNDS + one + BETWEEN + two for one, two in pairwise(reading)])


def in_title(asked: Asked) -> Asked:
    if isinstance(asked, str):
        return TITLE_OF[asked[0]] + asked[1:]
    return type(asked)(tuple(in_title(part) for part in asked.parts))


@dataclass(frozen=True)
class Question:
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @cached_property
    def strict(self) -> list[Asked]:
        """Every word: in the title; anywhere; itself or related."""
        return [
            every([in_title(term.itself) for term in self.terms]),
            every([term.itself for term in self.terms]),
            every([term.related for term in self.terms]),
        ]

    @cached_property
    def relaxed(self) -> list[Asked]:
        """Any three words, any two, any one."""
        parts = [term.kindred for term in heaviest(piece for term in self.terms for piece in term.pieces)]
        tiers = [at_least(3, parts[:MOST_FOR_THREE])] if len(parts) > 3 else []
        tiers += [at_least(2, parts)] if len(parts) > 2 else []
        return [*tiers, either(parts)]


def heaviest(terms: Iterable[Term]) -> list[Term]:
    """The first ones by weight, as many as are asked at most."""
    once = list({term.text: term for term in terms}.values())
    return sorted(once, key=lambda term: -term.weight)[:MOST_TERMS]


def question_of(words: str) -> Question:
    runs = joined_syllables(runs_of(plain(words)))
    found = [term for run, han in runs for term in (han_terms(run) if han else [latin_term(run)])]
    if not found:  # nothing but empty words: then they are what is looked for
        found = [whole(run) for run, _ in runs]
    chosen = set(heaviest(found))
    return Question(tuple(dict.fromkeys(term for term in found if term in chosen)))


def joined_syllables(runs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """ting che -> tingche: single syllables that follow each other are one word."""
    found: list[tuple[str, bool]] = []
    open_run = False
    for run, han in runs:
        syllable = not han and run in SYLLABLES and not english_of(run)
        if syllable and open_run:
            found[-1] = (found[-1][0] + run, False)
        else:
            found.append((run, han))
        open_run = syllable
    return found


def whole(run: str, weight: float = 1.0) -> Term:
    return Term(run, (run,), meaning=meaning_of(run), weight=weight)


def han_terms(run: str) -> list[Term]:
    if len(run) == 1:
        return [] if run in EMPTY else [whole(run)]
    if run in taxonomy():
        return [whole(run)]
    pieces = cut(run)
    if len(run) <= SHORT:
        return [whole(word) for _, word in pieces]
    found = []
    for sort, word in pieces:
        parts = pairs_of(word) if sort == "rest" and len(word) > SHORT else [word]
        found += [whole(part, WEIGHTS[sort]) for part in parts]
    return found


def latin_term(word: str) -> Term:
    """A word of Latin letters is itself, English for a category, pinyin, or first letters of pinyin."""
    codes = english_of(word)
    if codes:
        return Term(word, (word,), meaning=Meaning(codes))
    sounding = by_sound().get(word, ())
    readings = readings_of(word) if word.isalpha() else ()
    initials = word if word.isalpha() and len(word) > 1 and not readings else ""
    return Term(word, (word, *sounding), readings, initials, meaning_of_all((word, *sounding)))


def meaning_of_all(words: tuple[str, ...]) -> Meaning:
    meanings = [meaning_of(word) for word in words]
    codes = dict.fromkeys(code for meaning in meanings for code in meaning.categories)
    others = dict.fromkeys(word for meaning in meanings for word in meaning.others if word not in words)
    subs = dict.fromkeys(label for meaning in meanings for label in meaning.subs)
    return Meaning(tuple(codes), tuple(others), tuple(subs))
