from .after import AppealDecisionForm, AppealForm, AssignForm, FindForm, HolidayForm, NoticeForm, ObjectForm
from .graduation import GraduateForm, NominateForm, ReissueForm
from .reviews import CandidateForm, KeyForm, MemberForm, OpenForm, RecuseForm
from .votes import CountForm, GuestVoteForm, ReasonForm, ReopenForm, VoteForm

__all__ = [
    "AppealDecisionForm",
    "AppealForm",
    "AssignForm",
    "CandidateForm",
    "CountForm",
    "FindForm",
    "GraduateForm",
    "GuestVoteForm",
    "HolidayForm",
    "KeyForm",
    "MemberForm",
    "NominateForm",
    "NoticeForm",
    "ObjectForm",
    "OpenForm",
    "ReasonForm",
    "RecuseForm",
    "ReissueForm",
    "ReopenForm",
    "VoteForm",
]
