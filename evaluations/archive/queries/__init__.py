from .files import (
    Compared,
    Line,
    MentoringFile,
    Standing,
    compared,
    group_of,
    keepsake_items,
    on_file,
    standings,
    withheld,
    withheld_cases,
)
from .parts import CATALOGUE, Item, Part, Picture

__all__ = [
    "CATALOGUE",
    "Compared",
    "Item",
    "Line",
    "MentoringFile",
    "Part",
    "Picture",
    "Standing",
    "compared",
    "group_of",
    "keepsake_items",
    "on_file",
    "standings",
    "withheld",
    "withheld_cases",
]
