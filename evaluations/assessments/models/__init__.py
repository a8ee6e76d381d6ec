from .reviews import ReviewRequest, VetoItem
from .rounds import Round, RoundReminder, Sheet
from .schemes import Scheme
from .tasks import RaterTask, Score

__all__ = ["RaterTask", "ReviewRequest", "Round", "RoundReminder", "Scheme", "Score", "Sheet", "VetoItem"]
