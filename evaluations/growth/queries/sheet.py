"""A gap plan as it is read and printed: each row with the gap in words and the evidence that showed it."""

from dataclasses import dataclass

from cohorts.clinic.models import Case, CaseCard
from evaluations.growth.models import GapPlan, GapRow
from evaluations.logs.models import TeachingLog

from .evidence import shown_to


@dataclass(frozen=True)
class SheetRow:
    row: GapRow
    words_now: str
    words_target: str
    log: TeachingLog | None  # the evidence of the gap, for who may open it; or the case
    case: Case | None
    note: str

    @property
    def card(self) -> CaseCard | None:
        """One that was taken out of the library since is no longer shown."""
        return self.row.card if self.row.card_id and self.row.card.is_published else None


def sheet_of(plan: GapPlan, user) -> list[SheetRow]:
    found = plan.rows.select_related("indicator__subject", "basis__log", "basis__case", "card")
    rows = list(found.prefetch_related("indicator__levels"))
    shown = shown_to(user, [row.basis for row in rows if row.basis])
    made = []
    for row in rows:
        words = {level.level: level.words for level in row.indicator.levels.all()}
        evidence = shown.log_of(row.basis), shown.case_of(row.basis), shown.note_of(row.basis)
        made.append(SheetRow(row, words.get(row.level_now, ""), words.get(row.target, ""), *evidence))
    return made
