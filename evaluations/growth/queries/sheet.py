"""A gap plan as it is read and printed: each row with the gap in words and the evidence that showed it."""

from dataclasses import dataclass

from evaluations.growth.models import GapPlan, GapRow
from evaluations.logs.models import TeachingLog

from .standing import is_hidden, visible_logs


@dataclass(frozen=True)
class SheetRow:
    row: GapRow
    words_now: str
    words_target: str
    log: TeachingLog | None  # the evidence of the gap, for who may open it
    note: str


def sheet_of(plan: GapPlan, user) -> list[SheetRow]:
    rows = list(plan.rows.select_related("indicator__subject", "basis__log").prefetch_related("indicator__levels"))
    ratings = [row.basis for row in rows if row.basis]
    logs = visible_logs(ratings, user)
    made = []
    for row in rows:
        words = {level.level: level.words for level in row.indicator.levels.all()}
        basis = row.basis
        note = "" if basis is None or is_hidden(basis, logs) else basis.note
        log = logs.get(basis.log_id) if basis else None
        made.append(SheetRow(row, words.get(row.level_now, ""), words.get(row.target, ""), log, note))
    return made
