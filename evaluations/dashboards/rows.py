"""One line of a list of things to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A mark with words, a title, one line about it, one thing to do."""

    mark: str
    mark_text: str
    title: str
    about: str
    url: str
    act: str
