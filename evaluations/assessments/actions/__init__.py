from .common import Stale
from .reviews import correctable, decide_review, file_review
from .rounds import (
    advance,
    archive_round,
    begin_review,
    begin_scoring,
    make_round,
    open_round,
    release,
    reopen_scoring,
    sum_round,
)
from .schemes import change_scheme, first_scheme
from .sheets import raise_veto, record_feedback, settle_veto, sign_sheet, write_comment, write_report
from .tasks import remind_rater, save_scores

__all__ = [
    "Stale",
    "advance",
    "archive_round",
    "begin_review",
    "begin_scoring",
    "change_scheme",
    "correctable",
    "decide_review",
    "file_review",
    "first_scheme",
    "make_round",
    "open_round",
    "raise_veto",
    "record_feedback",
    "release",
    "remind_rater",
    "reopen_scoring",
    "save_scores",
    "settle_veto",
    "sign_sheet",
    "sum_round",
    "write_comment",
    "write_report",
]
