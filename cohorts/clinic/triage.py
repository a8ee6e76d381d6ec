"""Which mentors to ask about a case. Pure: plain values in, an order with its reasons out; imports nothing of ours."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

BEST = 3  # so many are checked from the start
HIGHEST = 5
MAIN, OTHERS = 30, 15  # what a full strength counts: in the main subject of the category, in the others together
A_SAME_CASE, SAME_CASES = 6, 4  # each opinion given in the same category, and how many of them count
A_CLOSED_CASE, CLOSED_CASES = 2, 5
AN_OPEN_CONSULT, AN_APPRENTICE = 8, 2  # what weighs against: who has much to do is asked less
AWAY = 100  # more than all the rest: those who are here come first
STRONG = 4  # a level worth telling


@dataclass(frozen=True)
class Doctor:
    """A mentor as the triage sees them. `levels`: subject code to strength, 1 to 5. `same` and `closed`: opinions given
    in cases of the same category, and in cases that are closed out. `away_until`: the last day away, when away now."""

    key: Any
    levels: Mapping[str, int] = field(default_factory=dict)
    same: int = 0
    closed: int = 0
    open_consults: int = 0
    apprentices: int = 0
    away_until: datetime.date | None = None
    own_mentor: bool = False


@dataclass(frozen=True)
class Suggestion:
    """`reasons`: pairs (code, value); codes are strong, same, closed, busy, apprentices, away, own."""

    key: Any
    score: float
    reasons: tuple[tuple[str, Any], ...]
    best: bool = False


def strength(levels: Mapping[str, int], subjects: Sequence[str]) -> float:
    """0 to MAIN + OTHERS; the first subject is the main one. Without others the main one counts for all."""
    if not subjects:
        return 0.0
    first, *rest = (levels.get(code, 0) / HIGHEST for code in subjects)
    return MAIN * first + OTHERS * (sum(rest) / len(rest) if rest else first)


def score(doctor: Doctor, subjects: Sequence[str]) -> float:
    """Being the presenter's own mentor counts neither way."""
    experience = A_SAME_CASE * min(doctor.same, SAME_CASES) + A_CLOSED_CASE * min(doctor.closed, CLOSED_CASES)
    load = AN_OPEN_CONSULT * doctor.open_consults + AN_APPRENTICE * doctor.apprentices
    return round(strength(doctor.levels, subjects) + experience - load - AWAY * (doctor.away_until is not None), 1)


def reasons(doctor: Doctor, subjects: Sequence[str]) -> tuple[tuple[str, Any], ...]:
    said: list[tuple[str, Any]] = [("strong", code) for code in subjects if doctor.levels.get(code, 0) >= STRONG]
    facts = [
        ("same", doctor.same),
        ("closed", doctor.closed),
        ("busy", doctor.open_consults),
        ("apprentices", doctor.apprentices),
        ("away", doctor.away_until),
        ("own", doctor.own_mentor),
    ]
    return (*said, *(fact for fact in facts if fact[1]))


def suggest(doctors: Iterable[Doctor], subjects: Sequence[str]) -> list[Suggestion]:
    """The best first; those of equal score in the order they came. Nobody who is away is among the best."""
    ranked = sorted(doctors, key=lambda doctor: -score(doctor, subjects))
    here = [doctor.key for doctor in ranked if doctor.away_until is None][:BEST]
    return [
        Suggestion(doctor.key, score(doctor, subjects), reasons(doctor, subjects), doctor.key in here)
        for doctor in ranked
    ]
