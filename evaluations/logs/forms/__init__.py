from .drafts import DraftForm, continue_with
from .logs import CorrectForm, LogForm, OwnWordsForm, SessionForm, TranscribeForm, VoidForm

__all__ = [
    "CorrectForm",
    "DraftForm",
    "LogForm",
    "OwnWordsForm",
    "SessionForm",
    "TranscribeForm",
    "VoidForm",
    "continue_with",
]
