from .logs import CorrectForm, LogForm, OwnWordsForm, SessionForm, TranscribeForm, VoidForm

__all__ = ["CorrectForm", "LogForm", "OwnWordsForm", "SessionForm", "TranscribeForm", "VoidForm"]
