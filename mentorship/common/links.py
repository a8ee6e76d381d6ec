"""What a page points to in another part of the studio, as that part answers (`settings.ANSWERS`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    label: str
    url: str
