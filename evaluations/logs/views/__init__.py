from . import logs

__all__ = ["logs"]
