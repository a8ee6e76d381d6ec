from .absence import MentorAbsence
from .cohort import Cohort, CohortRules, begun_first
from .members import Baseline, Mentee, Mentor, Strength
from .pairing import Pairing
from .roster import ReminderTalk, RosterChange, RosterProposal

__all__ = [
    "Baseline",
    "Cohort",
    "CohortRules",
    "Mentee",
    "Mentor",
    "MentorAbsence",
    "Pairing",
    "ReminderTalk",
    "RosterChange",
    "RosterProposal",
    "Strength",
    "begun_first",
]
