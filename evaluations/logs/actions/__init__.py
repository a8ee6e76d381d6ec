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
    "transcribe",
    "void_log",
    "write_log",
]
