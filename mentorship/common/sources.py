"""What a method was drawn from, as higher apps offer it to the products (`settings.ANSWERS["sources_of"]`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """`key` is "<kind>:<id>"; only what the reader may see is ever offered."""

    key: str
    label: str
    url: str
