from . import drafts, logs, rhythm

__all__ = ["drafts", "logs", "rhythm"]
