from .cards import CardUse, CaseCard, CaseHelp
from .cases import MOST_FILES, Case, CaseFile
from .consults import Consult, Invitation, Opinion, Remark
from .plans import MOST_STEPS, CaseNote, PlanStep
from .search import SearchText

__all__ = [
    "MOST_FILES", "MOST_STEPS", "CardUse", "Case", "CaseCard", "CaseFile", "CaseHelp", "CaseNote", "Consult", "Invitation",
    "Opinion", "PlanStep", "Remark", "SearchText",
]  # fmt: skip
