from .files import Compared, Line, MentoringFile, Standing, compared, on_file, standings
from .parts import CATALOGUE, Item, Part, Picture, sharable_logs

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
    "on_file",
    "sharable_logs",
    "standings",
]
