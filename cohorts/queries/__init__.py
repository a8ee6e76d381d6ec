"""Questions over several cohort models. Everything here reads and nothing writes."""

from .pool import Candidate, Chip, candidate_obstacle, mentor_candidates, mentor_obstacle, pool, quota_of
from .roster import (
    Bay,
    Seat,
    Vacancy,
    last_day_to_substitute,
    liaisons_of,
    mentors_with_places,
    reserves,
    roster_on,
    vacancies,
)
from .stages import Condition, Step, conditions, missing_for_next_stage, steps

__all__ = [
    "Bay",
    "Candidate",
    "Chip",
    "Condition",
    "Seat",
    "Step",
    "Vacancy",
    "candidate_obstacle",
    "conditions",
    "last_day_to_substitute",
    "liaisons_of",
    "mentor_candidates",
    "mentor_obstacle",
    "mentors_with_places",
    "missing_for_next_stage",
    "pool",
    "quota_of",
    "reserves",
    "roster_on",
    "steps",
    "vacancies",
]
