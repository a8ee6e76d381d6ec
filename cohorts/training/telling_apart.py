"""What counts when several sources say who came. Plain values in and out."""

from collections.abc import Sequence
from typing import NamedTuple

# The later in this list wins: paper over the list, the list over the door (domain.md §2.10); a settled one over all.
WEIGHT = ["asked", "qr", "list", "paper", "settled"]
EXCUSED = {"leave", "duty"}


class Said(NamedTuple):
    source: str
    state: str
    reason: str = ""


class Verdict(NamedTuple):
    source: str
    state: str
    reason: str
    disputed: bool


def verdict(said: Sequence[Said]) -> Verdict:
    """Of each source the last word counts; `said` in the order of saying, at least one. Once settled, it stays settled
    until a source says something new."""
    settled = max((place for place, each in enumerate(said) if each.source == "settled"), default=-1)
    last: dict[str, Said] = {}
    for each in said[max(settled, 0) :]:
        last[each.source] = each
    best = max(last.values(), key=lambda each: WEIGHT.index(each.source))
    return Verdict(best.source, best.state, best.reason, differ(last))


def differ(last: dict[str, Said]) -> bool:
    """Asking for leave and coming all the same is no contradiction; being written down as absent then is one."""
    states = {each.state for each in last.values() if each.source != "asked"}
    asked = last.get("asked")
    if asked and asked.state in EXCUSED and states == {"absent"}:
        return True
    return len(states) > 1
