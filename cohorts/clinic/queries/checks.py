"""The checks 30 and 90 days after a plan was carried out: which are still to be made in this turn of a case."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import Case, CaseNote

OWED = NoteKind.checks()


@dataclass
class Owed:
    """`due` and `reminded_on` as `mentorship.places.deadlines.to_remind` asks for them."""

    case: Case
    kind: str
    due: datetime.date

    @property
    def label(self) -> str:
        return str(NoteKind(self.kind).label)

    @property
    def days(self) -> int:
        return OWED[self.kind]

    @property
    def reminded_on(self) -> datetime.date | None:
        return self.case.reminded_on


def checks_owed(cases: QuerySet[Case]) -> Iterator[Owed]:
    """Two queries. Also of cases closed out since: whether it holds shows later. Once it is opened again and its plan is
    made anew, its checks are counted from the new day."""
    made = CaseNote.objects.filter(kind__in=OWED, turn=F("case__reopened")).only("case", "kind")
    rows = cases.filter(state__in=[CaseState.FOLLOWING, CaseState.CLOSED], settled_on__isnull=False)
    for case in rows.prefetch_related(Prefetch("notes", made, to_attr="checks_made")):
        done = {note.kind for note in case.checks_made}
        for kind, days in OWED.items():
            if kind not in done:
                yield Owed(case, kind, case.settled_on + datetime.timedelta(days=days))
