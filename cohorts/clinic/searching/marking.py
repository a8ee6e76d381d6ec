"""Which pieces of a text answer what was typed. Segments, not HTML: the template escapes them and writes the marks. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from .asking import Question, Term
from .sounds import initials_of, syllables_of
from .text import HAN_RUNS, low, pairs_of

LONGEST_EXCERPT = 88
BEFORE = 18  # characters shown before the first hit


class Piece(NamedTuple):
    text: str
    hit: bool


class Span(NamedTuple):
    start: int
    end: int


def pieces_of(text: str, question: Question) -> list[Piece]:
    return split(text, spans_of(text, question))


def split(text: str, spans: list[Span]) -> list[Piece]:
    pieces, place = [], 0
    for start, end in spans:
        pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
        place = end
    return [piece for piece in [*pieces, Piece(text[place:], False)] if piece.text]


def spans_of(text: str, question: Question) -> list[Span]:
    """Where any word stands: itself; else its pairs; else by its sound; else another word of its category. Without
    overlaps, in order."""
    lowered = low(text)
    return merged(span for term in question.terms for span in of_term(lowered, term))


def of_term(text: str, term: Term) -> list[Span]:
    pairs = [pair for word in term.words if len(word) > 2 for pair in pairs_of(word)] if not term.by_sound else []
    return all_of(text, term.words) or all_of(text, pairs) or by_sound(text, term) or all_of(text, term.meaning.others)


def all_of(text: str, words: Iterable[str]) -> list[Span]:
    found = []
    for word in words:
        place = text.find(word)
        while place >= 0:
            found.append(Span(place, place + len(word)))
            place = text.find(word, place + 1)
    return found


def by_sound(text: str, term: Term) -> list[Span]:
    if not (term.readings or term.initials):
        return []
    found = []
    for run in HAN_RUNS.finditer(text):
        sounds, letters = syllables_of(run[0]), initials_of(run[0])
        for place in range(len(sounds)):
            lengths = [len(each) for each in term.readings if sounds[place : place + len(each)] == each]
            if term.initials and letters.startswith(term.initials, place):
                lengths.append(len(term.initials))
            found += [Span(run.start() + place, run.start() + place + length) for length in lengths]
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def excerpt_of(body: str, question: Question) -> list[Piece]:
    """A line of the body around the densest hits; its beginning, where nothing of it was hit."""
    lead, _, rest = body.partition("\n")
    text = max((lead, rest), key=lambda part: answering(part, question)) or rest
    spans = spans_of(text, question)
    start = max(0, densest(spans) - BEFORE) if len(text) > LONGEST_EXCERPT else 0
    start = max(0, min(start, len(text) - LONGEST_EXCERPT))
    end = min(len(text), start + LONGEST_EXCERPT)
    inside = [Span(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    pieces = split(text[start:end], inside)
    return [*([Piece("…", False)] if start else []), *pieces, *([Piece("…", False)] if end < len(text) else [])]


def answering(text: str, question: Question) -> tuple[int, bool]:
    """How many of the words stand in it themselves, and whether anything is marked at all."""
    lowered = low(text)
    itself = sum(any(word in lowered for word in term.words) for term in question.terms)
    return itself, bool(spans_of(text, question))


def densest(spans: list[Span]) -> int:
    """Where the window begins that holds most hits."""
    if not spans:
        return 0
    reach = LONGEST_EXCERPT - BEFORE
    return max(
        spans, key=lambda span: (sum(span.start <= each.start < span.start + reach for each in spans), -span.start)
    )[0]
