from . import homework, logs, reflections, rhythm

__all__ = ["homework", "logs", "reflections", "rhythm"]
