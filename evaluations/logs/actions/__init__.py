from .drafts import drop_draft, keep_draft, purge_drafts
from .homework import answer_homework, hand_in_homework, set_homework, waive_homework
from .logs import (
    Stale,
    acknowledge,
    confirm_attendance,
    confirm_log,
    correct_log,
    transcribe,
    void_log,
    write_log,
)
from .reflections import answer_reflection, change_reflection, hand_in_reflection, write_reflection

__all__ = [
    "Stale",
    "acknowledge",
    "answer_homework",
    "answer_reflection",
    "change_reflection",
    "confirm_attendance",
    "confirm_log",
    "correct_log",
    "drop_draft",
    "hand_in_homework",
    "hand_in_reflection",
    "keep_draft",
    "purge_drafts",
    "set_homework",
    "transcribe",
    "void_log",
    "waive_homework",
    "write_log",
    "write_reflection",
]
