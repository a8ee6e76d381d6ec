from .absence import AbsenceForm
from .adjust import DecideForm, ExtendForm, PauseForm, RepairForm, ResumeForm, SubstituteForm, TalkForm, WithdrawForm
from .cohort import AsOfForm, CohortForm, RulesForm
from .selection import AssessForm, BaselineForm, DeclineForm, MentorForm, NominateForm, PickForm, RecommendForm

__all__ = [
    "AbsenceForm",
    "AsOfForm",
    "AssessForm",
    "BaselineForm",
    "CohortForm",
    "DecideForm",
    "DeclineForm",
    "ExtendForm",
    "MentorForm",
    "NominateForm",
    "PauseForm",
    "PickForm",
    "RecommendForm",
    "RepairForm",
    "ResumeForm",
    "RulesForm",
    "SubstituteForm",
    "TalkForm",
    "WithdrawForm",
]
