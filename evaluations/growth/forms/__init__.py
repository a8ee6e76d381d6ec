from .plans import PeriodForm, ResultForm, RowFormSet
from .ratings import RateForm
from .samples import AnswerForm, DrawForm

__all__ = ["AnswerForm", "DrawForm", "PeriodForm", "RateForm", "ResultForm", "RowFormSet"]
