"""The pages of the pairing."""

from .members import bars, unbar, wish, wishes
from .proposals import compare, copy, proposals, propose, set_aside
from .publishing import publish
from .workbench import move, pin, proposal, resolve, swap, undo

__all__ = [
    "bars",
    "compare",
    "copy",
    "move",
    "pin",
    "proposal",
    "proposals",
    "propose",
    "publish",
    "resolve",
    "set_aside",
    "swap",
    "unbar",
    "undo",
    "wish",
    "wishes",
]
