"""The table in words, for the person's own page."""

from typing import NamedTuple

from .table import model_of, tables


class Held(NamedTuple):
    """One purpose, with all that is held for it."""

    purpose: str
    titles: list[str]
    seen: str
    keep: str


def notice() -> list[Held]:
    """Of what is about people and a person can be told of, grouped by purpose, audience and time."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for table in tables().values():
        if table.is_personal:
            key = (str(table.purpose), str(table.seen), str(table.keep.words))
            groups.setdefault(key, []).append(str(model_of(table)._meta.verbose_name))
    return [Held(purpose, list(dict.fromkeys(titles)), seen, keep) for (purpose, seen, keep), titles in groups.items()]
