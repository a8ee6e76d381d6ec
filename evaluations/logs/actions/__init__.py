from .drafts import drop_draft, keep_draft, purge_drafts
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

__all__ = [
    "Stale",
    "acknowledge",
    "confirm_attendance",
    "confirm_log",
    "correct_log",
    "drop_draft",
    "keep_draft",
    "purge_drafts",
    "transcribe",
    "void_log",
    "write_log",
]
