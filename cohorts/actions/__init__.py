"""Every change of a cohort, its people and its pairs. Rights are checked by the caller; the rules are kept here."""

from .absence import announce_absence, end_absence
from .cohort import advance_stage, change_rules, create_cohort, start_running
from .mentees import (
    choose_mentee,
    choose_mentees,
    decline_mentee,
    move_reserve,
    recommend_mentee,
    reserve_mentee,
    reserve_mentees,
    set_baseline,
)
from .mentors import appoint_mentor, assess_mentor, decline_mentor, edit_mentor, nominate_mentor, set_strengths
from .pairing import begin_pairing, end_pairing
from .proposals import decide_proposal, propose_extension, propose_withdrawal
from .roster import extend, pause, record_talk, repair, resume, substitute, withdraw

__all__ = [
    "advance_stage",
    "announce_absence",
    "appoint_mentor",
    "assess_mentor",
    "begin_pairing",
    "change_rules",
    "choose_mentee",
    "choose_mentees",
    "create_cohort",
    "decide_proposal",
    "decline_mentee",
    "decline_mentor",
    "edit_mentor",
    "end_absence",
    "end_pairing",
    "extend",
    "move_reserve",
    "nominate_mentor",
    "pause",
    "propose_extension",
    "propose_withdrawal",
    "recommend_mentee",
    "record_talk",
    "repair",
    "reserve_mentee",
    "reserve_mentees",
    "resume",
    "set_baseline",
    "set_strengths",
    "start_running",
    "substitute",
    "withdraw",
]
