from .base import Item, Look, Part, Picture, Source, digest_of, digest_of_all, with_start
from .catalogue import CATALOGUE
from .papers import LETTERS
from .practice import sharable_logs, show_log

__all__ = [
    "CATALOGUE",
    "LETTERS",
    "Item",
    "Look",
    "Part",
    "Picture",
    "Source",
    "digest_of",
    "digest_of_all",
    "sharable_logs",
    "show_log",
    "with_start",
]
