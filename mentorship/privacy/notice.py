"""The table in words, for the person's own page."""

from typing import NamedTuple

from .table import tables


class Held(NamedTuple):
    """What is kept so long and seen by so many: for which purposes."""

    purposes: list[str]
    seen: str
    keep: str


def notice() -> list[Held]:
    """Of all that is about people, grouped by audience and time."""
    groups: dict[tuple[str, str], list[str]] = {}
    for table in tables().values():
        if table.is_personal:
            groups.setdefault((str(table.seen), str(table.keep.words)), []).append(str(table.purpose))
    return [Held(list(dict.fromkeys(purposes)), seen, keep) for (seen, keep), purposes in groups.items()]
