from .rating import RateForm
from .rounds import ReopenForm, RoundForm
from .schemes import SchemeForm
from .sheets import CommentForm, DecisionForm, FeedbackForm, ReportForm, ReviewForm, SettleForm, SignForm, VetoForm

__all__ = [
    "CommentForm",
    "DecisionForm",
    "FeedbackForm",
    "RateForm",
    "ReopenForm",
    "ReportForm",
    "ReviewForm",
    "RoundForm",
    "SchemeForm",
    "SettleForm",
    "SignForm",
    "VetoForm",
]
