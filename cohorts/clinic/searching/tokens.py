"""Tokens of a document. The first character of a token says what it is, so that none is taken for another; facets are
made of letters and figures only. Pure."""

import datetime
import re
import uuid
from dataclasses import dataclass, field
from itertools import pairwise

from .sounds import initials_of, syllables_of
from .text import one_line, pairs_of, plain, runs_of, tidy

PAIR, TITLE_PAIR = "a", "t"  # two characters: of any text; of the title
CHARACTER, TITLE_CHARACTER = "c", "s"  # one character: of title and keywords; of the title
WORD, TITLE_WORD = "w", "v"  # Latin letters and figures
SOUNDS, TITLE_SOUNDS = "p", "q"  # two syllables, of title and keywords
SOUND, TITLE_SOUND = "y", "x"  # one syllable
INITIALS, TITLE_INITIALS = "i", "h"  # first letters of two syllables
STUDIO, KIND, CATEGORY, SUBJECT, NEIGHBOURHOOD, OUTCOME = "u", "k", "g", "j", "n", "o"
OPEN = "z1"
BETWEEN = "0"  # stands between two syllables: none has a figure

TITLE_OF = {PAIR: TITLE_PAIR, CHARACTER: TITLE_CHARACTER, WORD: TITLE_WORD, SOUNDS: TITLE_SOUNDS, SOUND: TITLE_SOUND,
            INITIALS: TITLE_INITIALS}  # fmt: skip
NOT_FACET = re.compile(r"[^a-z0-9]")
LONGEST_TITLE, LONGEST_KEYWORDS, LONGEST_WORD = 120, 300, 40


@dataclass(frozen=True)
class Document:
    """One thing that can be found. `lead`: the words that matter most after the title, say the lesson of a case; `text`:
    all the rest."""

    kind: str
    object_id: uuid.UUID
    studio_id: uuid.UUID
    title: str
    date: datetime.date
    lead: str = ""
    text: str = ""
    keywords: tuple[str, ...] = field(default=())
    category: str = ""
    subjects: tuple[str, ...] = field(default=())
    neighbourhood: str = ""
    outcome: str = ""
    open_to_all: bool = False

    @property
    def stored(self) -> dict:
        """Fields of SearchText."""
        return {
            "kind": self.kind, "object_id": self.object_id, "studio_id": self.studio_id, "date": self.date,
            "title": tidy(one_line(self.title))[:LONGEST_TITLE],
            "keywords": tidy(" ".join(dict.fromkeys(self.keywords)))[:LONGEST_KEYWORDS],
            "body": tidy(f"{one_line(self.lead)}\n{one_line(self.text)}"),
            "category": self.category, "subjects": ",".join(dict.fromkeys(self.subjects)),
            "neighbourhood": self.neighbourhood, "outcome": self.outcome, "open_to_all": self.open_to_all,
        }  # fmt: skip


def facet(sort: str, value: object) -> str:
    return sort + NOT_FACET.sub("", str(value).lower())


def facets_of(document: Document) -> set[str]:
    found = {facet(STUDIO, document.studio_id), facet(KIND, document.kind)}
    found |= {facet(SUBJECT, code) for code in document.subjects}
    for sort, value in (
        (CATEGORY, document.category), (NEIGHBOURHOOD, document.neighbourhood), (OUTCOME, document.outcome),
    ):  # fmt: skip
        if value:
            found.add(facet(sort, value))
    return found | ({OPEN} if document.open_to_all else set())


def tokens_of(document: Document) -> set[str]:
    near = near_tokens(document.title)
    found = facets_of(document) | near | {TITLE_OF[token[0]] + token[1:] for token in near}
    found |= near_tokens(" ".join(document.keywords))
    return found | far_tokens(document.lead) | far_tokens(document.text)


def far_tokens(text: str) -> set[str]:
    """Of the body: pairs and Latin words."""
    found = set()
    for run, han in runs_of(plain(text)):
        found |= {PAIR + pair for pair in pairs_of(run)} if han else {WORD + run[:LONGEST_WORD]}
    return found


def near_tokens(text: str) -> set[str]:
    """Of title and keywords: single characters and sounds too."""
    found = far_tokens(text)
    for run, han in runs_of(plain(text)):
        if han:
            found |= {CHARACTER + each for each in run} | sound_tokens(run)
    return found


def sound_tokens(run: str) -> set[str]:
    sounds, letters = syllables_of(run), initials_of(run)
    found = {SOUND + sound for sound in sounds if sound}
    found |= {SOUNDS + one + BETWEEN + two for one, two in pairwise(sounds) if one and two}
    return found | {INITIALS + pair for pair in pairs_of(letters) if " " not in pair}
