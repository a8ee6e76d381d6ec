from .absence import away, back
from .cohort import advance, cohort, cohorts, create, rules
from .mentees import (
    mentee_baseline,
    mentee_choose,
    mentee_decline,
    mentee_rank,
    mentee_reserve,
    mentees,
    pool,
    recommend,
)
from .mentors import mentor_appoint, mentor_assess, mentor_decline, mentor_edit, mentors, nominate
from .people import mentee, mentor, portrait
from .roster import extend, pause, proposal, repair, resume, roster, substitute, talk, withdraw

__all__ = [
    "advance",
    "away",
    "back",
    "cohort",
    "cohorts",
    "create",
    "extend",
    "mentee",
    "mentee_baseline",
    "mentee_choose",
    "mentee_decline",
    "mentee_rank",
    "mentee_reserve",
    "mentees",
    "mentor",
    "mentor_appoint",
    "mentor_assess",
    "mentor_decline",
    "mentor_edit",
    "mentors",
    "nominate",
    "pause",
    "pool",
    "portrait",
    "proposal",
    "recommend",
    "repair",
    "resume",
    "roster",
    "rules",
    "substitute",
    "talk",
    "withdraw",
]
