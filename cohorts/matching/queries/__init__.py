"""What the pages and actions of the pairing read."""

from .comparing import Comparison, ProposalFigures, comparison_of, figures_of
from .facts import Facts, facts_of, weights_of
from .frozen import Frozen, frozen_of, placements_digest
from .members import BarList, WishLine, bar_list, wish_lines
from .standing import Standing, standing_at, standing_of
from .workbench import Workbench, workbench_of

__all__ = [
    "BarList",
    "Comparison",
    "Facts",
    "Frozen",
    "ProposalFigures",
    "Standing",
    "WishLine",
    "Workbench",
    "bar_list",
    "comparison_of",
    "facts_of",
    "figures_of",
    "frozen_of",
    "placements_digest",
    "standing_at",
    "standing_of",
    "weights_of",
    "wish_lines",
    "workbench_of",
]
