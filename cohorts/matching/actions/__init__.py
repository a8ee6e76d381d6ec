"""Every change of wishes, bars and proposals. Rights are checked by the caller; the rules are kept here."""

from .changes import move, pin, swap, undo, unplace
from .common import Stale
from .proposals import copy, propose, resolve_again, set_aside
from .publishing import first_day, publish
from .wishes import bar, set_wishes, unbar

# Giving a place to someone without one is a move like any other.
place = move

__all__ = [
    "Stale",
    "bar",
    "copy",
    "first_day",
    "move",
    "pin",
    "place",
    "propose",
    "publish",
    "resolve_again",
    "set_aside",
    "set_wishes",
    "swap",
    "unbar",
    "undo",
    "unplace",
]
