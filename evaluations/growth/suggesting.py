"""Which gaps a plan takes up, and what to do about each. Plain values in and out; no Django here.

The lowest subjects come first, in them the lowest indicators; what an earlier plan left open comes before all. The
action depends on the indicator and its level, so a changed level changes the suggestion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

MOST = 5
LOW_SUBJECTS = 2
MOST_OF_ONE_SUBJECT = 3
COMPETENT, HIGHEST = 3, 5
SOURCE = Path(__file__).parent / "data" / "suggestions.yaml"


@dataclass(frozen=True)
class Standing:
    """One indicator as it stands. `level` is None while nothing is known of it; `subject_mean` likewise."""

    indicator: str
    subject: str
    level: int | None
    subject_mean: Decimal | None
    left_open: bool = False


@dataclass(frozen=True)
class Advice:
    method: str
    action: str
    action_en: str
    proof: str
    proof_en: str


@dataclass(frozen=True)
class Suggestion:
    indicator: str
    level: int
    target: int
    advice: Advice
    left_open: bool


Table = Mapping[str, Sequence[tuple[int, Advice]]]  # per indicator: (from which level, what to do), ascending


@cache
def table() -> Table:
    rows = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {code: tuple((row[0], Advice(*row[1:])) for row in each) for code, each in rows.items()}


def target_of(level: int) -> int:
    """Able to stand alone first (3), then one level at a time, never over the top."""
    return COMPETENT if level < COMPETENT else min(HIGHEST, level + 1)


def advice_for(indicator: str, level: int, known: Table) -> Advice | None:
    """The row of the highest level reached; None for an indicator that the table does not know."""
    fitting = [advice for least, advice in known.get(indicator, ()) if least <= level]
    return fitting[-1] if fitting else None


def lowest_subjects(standings: Sequence[Standing]) -> list[str]:
    """Codes from the lowest mean up; the order given decides a tie, and what is unknown is left out."""
    means: dict[str, Decimal] = {}
    for each in standings:
        if each.subject_mean is not None:
            means.setdefault(each.subject, each.subject_mean)
    return sorted(means, key=lambda code: means[code])


def suggest(standings: Sequence[Standing], known: Table, most: int = MOST) -> list[Suggestion]:
    """At most `most` suggestions: what was left open, then the two lowest subjects, then other low indicators."""
    open_to = [each for each in standings if each.level is not None and each.level < HIGHEST]
    subjects = lowest_subjects(open_to)
    place = {code: order for order, code in enumerate(subjects)}
    chosen = [each for each in open_to if each.left_open][:most]
    for subject in subjects[:LOW_SUBJECTS]:
        rows = sorted((row for row in open_to if row.subject == subject), key=lambda row: row.level or 0)
        room = MOST_OF_ONE_SUBJECT - sum(row.subject == subject for row in chosen)
        chosen += [row for row in rows if row not in chosen][: max(0, room)]
    others = sorted(open_to, key=lambda row: (row.level or 0, place.get(row.subject, len(place))))
    chosen += [row for row in others if row not in chosen and (row.level or 0) < COMPETENT]
    made = [suggestion_of(each, known) for each in chosen]
    return [each for each in made if each][:most]


def suggestion_of(standing: Standing, known: Table) -> Suggestion | None:
    level = standing.level or 1
    advice = advice_for(standing.indicator, level, known)
    if advice is None:
        return None
    return Suggestion(standing.indicator, level, target_of(level), advice, standing.left_open)


def with_level(standings: Sequence[Standing], indicator: str, level: int) -> list[Standing]:
    """The same with one level changed; for trying out."""
    return [replace(each, level=level) if each.indicator == indicator else each for each in standings]
