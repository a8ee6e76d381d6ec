from .conflicts import Conflict, conflicts_among
from .entries import coming, conflicts_of, entries_between
from .marks import Mark, marks_of
from .sheets import Week, weeks_of

__all__ = [
    "Conflict",
    "Mark",
    "Week",
    "coming",
    "conflicts_among",
    "conflicts_of",
    "entries_between",
    "marks_of",
    "weeks_of",
]
