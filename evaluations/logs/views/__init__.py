from . import logs, rhythm

__all__ = ["logs", "rhythm"]
