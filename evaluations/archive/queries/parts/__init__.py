from .base import Item, Look, Part, Picture, Source, digest_of, digest_of_all, with_start
from .catalogue import CATALOGUE
from .practice import sharable_logs

__all__ = [
    "CATALOGUE",
    "Item",
    "Look",
    "Part",
    "Picture",
    "Source",
    "digest_of",
    "digest_of_all",
    "sharable_logs",
    "with_start",
]
