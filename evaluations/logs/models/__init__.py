from .drafts import Draft, DraftKind
from .logs import MOST_PHOTOS, Attendance, LogPhoto, LogVersion, TeachingLog
from .practice import Homework, HomeworkFile, Reflection
from .rhythm import LogReminder

__all__ = [
    "MOST_PHOTOS",
    "Attendance",
    "Draft",
    "DraftKind",
    "Homework",
    "HomeworkFile",
    "LogPhoto",
    "LogReminder",
    "LogVersion",
    "Reflection",
    "TeachingLog",
]
