from .drafts import Draft, DraftKind
from .logs import MOST_PHOTOS, Attendance, LogPhoto, LogVersion, TeachingLog
from .practice import MOST_FILES, Homework, HomeworkFile, Reflection
from .rhythm import LogDigest, LogReminder

__all__ = [
    "MOST_FILES",
    "MOST_PHOTOS",
    "Attendance",
    "Draft",
    "DraftKind",
    "Homework",
    "HomeworkFile",
    "LogDigest",
    "LogPhoto",
    "LogReminder",
    "LogVersion",
    "Reflection",
    "TeachingLog",
]
