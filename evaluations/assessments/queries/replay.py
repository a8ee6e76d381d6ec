"""What would these rules have done in the last round? The same answers under another scheme."""

from dataclasses import dataclass

from evaluations.assessments.choices import Grade, RoundStatus
from evaluations.assessments.models import Round, Scheme, Sheet
from evaluations.scoring import Outcome

from .results import outcomes_of


@dataclass(frozen=True)
class Change:
    sheet: Sheet
    before: Outcome
    after: Outcome

    @property
    def grades_differ(self) -> bool:
        return self.before.grade != self.after.grade

    @property
    def before_grade(self) -> str:
        return grade_words(self.before.grade)

    @property
    def after_grade(self) -> str:
        return grade_words(self.after.grade)


def grade_words(grade: str | None) -> str:
    return str(Grade(grade).label) if grade else ""


@dataclass(frozen=True)
class Replay:
    round: Round
    rows: list[Change]

    @property
    def changed(self) -> list[Change]:
        return [row for row in self.rows if row.grades_differ]

    def spread(self) -> list[tuple[str, int, int]]:
        """(grade, how many then, how many with these rules)."""
        return [
            (
                str(grade.label),
                sum(1 for row in self.rows if row.before.grade == grade.value),
                sum(1 for row in self.rows if row.after.grade == grade.value),
            )
            for grade in Grade
        ]


def rounds_to_replay(scheme: Scheme):
    """Rounds of the studio with all their answers in, the newest first."""
    done = [*RoundStatus.released(), RoundStatus.SUMMING]
    return Round.objects.filter(studio=scheme.studio_id, status__in=done).for_lists().order_by("-ends")


def replay(round_: Round, scheme: Scheme) -> Replay:
    sheets = list(round_.sheets.for_lists().order_by("mentee__secretary__sort_key", "pk"))
    then = outcomes_of(round_, sheets)
    now = outcomes_of(round_, sheets, scheme)
    return Replay(round_, [Change(sheet, then[str(sheet.pk)], now[str(sheet.pk)]) for sheet in sheets])
