from .plans import RowRefused, agree_plan, change_plan, close_plan, draft_plan
from .ratings import Stale, rate, rate_several, undo_rating
from .rounds import rate_from_round
from .samples import answer_sample, draw_sample

__all__ = [
    "RowRefused",
    "Stale",
    "agree_plan",
    "answer_sample",
    "change_plan",
    "close_plan",
    "draft_plan",
    "draw_sample",
    "rate",
    "rate_from_round",
    "rate_several",
    "undo_rating",
]
