from .attendance import absences, attendance_rate, came_of
from .bases import BaseCard, bases_of
from .electives import Answer, CourseCard, Preview, cards_for, late_choosers, menu, preview_of, standing_of, wishes_of
from .ledger import hours_of, ledger_of
from .people import concerned, due_by, due_on, expected, mentors_of, own_row
from .planning import Warning, signature, warnings_for

__all__ = [
    "Answer",
    "BaseCard",
    "CourseCard",
    "Preview",
    "Warning",
    "absences",
    "attendance_rate",
    "bases_of",
    "came_of",
    "cards_for",
    "concerned",
    "due_by",
    "due_on",
    "expected",
    "hours_of",
    "late_choosers",
    "ledger_of",
    "mentors_of",
    "menu",
    "own_row",
    "preview_of",
    "signature",
    "standing_of",
    "warnings_for",
    "wishes_of",
]
