from .evidence import evidence_of
from .parts import asked, label_in_full, label_of, root_of, scoring_scheme, subjects_of, weights_for
from .replay import replay, rounds_to_replay
from .results import candidates_of, digest_of, frozen, outcomes_of, shown
from .rounds import (
    checklist,
    late_raters,
    matrix_of,
    officers_of,
    raters_of,
)

__all__ = [
    "asked",
    "candidates_of",
    "checklist",
    "digest_of",
    "evidence_of",
    "frozen",
    "label_in_full",
    "label_of",
    "late_raters",
    "matrix_of",
    "officers_of",
    "outcomes_of",
    "raters_of",
    "replay",
    "root_of",
    "rounds_to_replay",
    "scoring_scheme",
    "shown",
    "subjects_of",
    "weights_for",
]
