"""Texts that are nearly the same, and many entries in a short while. Reasons to look, never a verdict. No Django here."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

SHINGLE = 3
ALIKE = 0.6  # share of trigrams in common from which a pair is worth a look
SHORTEST = 30  # a few words are alike by nature
MANY, WITHIN = 4, datetime.timedelta(minutes=15)
LATE_DAYS = 14
NOISE = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Pair:
    first: Hashable
    second: Hashable
    share: float  # 0..1


def shingles(text: str) -> frozenset[str]:
    """Runs of three characters, with punctuation, digits and blanks left out; empty for a short text."""
    bare = NOISE.sub("", text).lower()
    if len(bare) < SHORTEST:
        return frozenset()
    return frozenset(bare[i : i + SHINGLE] for i in range(len(bare) - SHINGLE + 1))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard: what both have, as a share of what either has."""
    either = len(first | second)
    return len(first & second) / either if either else 0.0


def near_copies(texts: Mapping[Hashable, str], least: float = ALIKE) -> list[Pair]:
    """Pairs of one writer's texts that are alike, the most alike first. Compares only texts that share a trigram."""
    cut = {key: shingles(text) for key, text in texts.items()}
    holders: dict[str, list[Hashable]] = defaultdict(list)
    common: Counter[tuple[Hashable, Hashable]] = Counter()
    for key, parts in cut.items():
        for part in parts:
            for other in holders[part]:
                common[other, key] += 1
            holders[part].append(key)
    found = []
    for (first, second), both in common.items():
        share = both / (len(cut[first]) + len(cut[second]) - both)
        if share >= least:
            found.append(Pair(first, second, share))
    return sorted(found, key=lambda pair: -pair.share)


def bursts(entries: Iterable[tuple[datetime.datetime, Hashable]]) -> list[list[Hashable]]:
    """Groups of MANY or more entries of one writer, all within WITHIN of the first of the group."""
    waiting = sorted(entries, key=lambda entry: entry[0])
    groups: list[list[Hashable]] = []
    while waiting:
        start = waiting[0][0]
        group = [key for at, key in waiting if at - start <= WITHIN]
        if len(group) >= MANY:
            groups.append(group)
            waiting = waiting[len(group) :]
        else:
            waiting = waiting[1:]
    return groups


def entered_late(held: datetime.date, entered: datetime.date) -> int:
    """Days by which an entry came after LATE_DAYS; 0 when it came in time."""
    return max(0, (entered - held).days - LATE_DAYS)
