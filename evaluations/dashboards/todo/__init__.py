"""全部待办: what waits for the reader, from every part of the studio, in one list."""

from .gathering import GROUPS, gathered, grouped

__all__ = ["GROUPS", "gathered", "grouped"]
