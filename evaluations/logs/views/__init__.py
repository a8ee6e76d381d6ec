from . import homework, logs, reflections, rhythm

__all__ = ["homework", "logs", "reflections", "rhythm"]
from . import drafts

__all__ = ["drafts", "logs", "rhythm"]
