"""What a seminar can open with, as another part of the studio offers it (`settings.ANSWERS["openings_of"]`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """`source` is one of the sources of a topic; `opening_case` has at most 1000 characters and nobody's name."""

    topic: str
    source: str
    opening_case: str
