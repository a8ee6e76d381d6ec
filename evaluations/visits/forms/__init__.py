from .findings import CheckForm, DecideForm, ExtensionForm, FindingForm, ReportForm
from .visits import CancelForm, PlanForm, RecordForm, StatementForm

__all__ = [
    "CancelForm",
    "CheckForm",
    "DecideForm",
    "ExtensionForm",
    "FindingForm",
    "PlanForm",
    "RecordForm",
    "ReportForm",
    "StatementForm",
]
