from .ratings import Stale, rate, rate_several, undo_rating

__all__ = ["Stale", "rate", "rate_several", "undo_rating"]
