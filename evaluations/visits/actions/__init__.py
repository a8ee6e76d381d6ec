from .common import Stale
from .extensions import ask_extension, decline_extension, grant_extension
from .findings import (
    add_finding,
    change_finding,
    close_finding,
    note_progress,
    remove_finding,
    report_done,
    send_back,
)
from .visits import cancel_visit, change_visit, plan_visit, record_visit, sign_visit, state_own_words

__all__ = [
    "Stale",
    "add_finding",
    "ask_extension",
    "cancel_visit",
    "change_finding",
    "change_visit",
    "close_finding",
    "decline_extension",
    "grant_extension",
    "note_progress",
    "plan_visit",
    "record_visit",
    "remove_finding",
    "report_done",
    "send_back",
    "sign_visit",
    "state_own_words",
]
