"""What the evidence of a level is for one reader: a log and a case only for who may open them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from cohorts.clinic.models import Case
from cohorts.models import Mentee
from evaluations.growth.models import Rating
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User


@dataclass(frozen=True)
class Shown:
    """The logs and cases of some ratings that the reader may open, by id."""

    logs: dict[uuid.UUID, TeachingLog] = field(default_factory=dict)
    cases: dict[uuid.UUID, Case] = field(default_factory=dict)

    def log_of(self, rating: Rating | None) -> TeachingLog | None:
        return self.logs.get(rating.log_id) if rating else None

    def case_of(self, rating: Rating | None) -> Case | None:
        return self.cases.get(rating.case_id) if rating else None

    def hides(self, rating: Rating) -> bool:
        """The evidence is a sensitive log or case that this reader may not open: neither it nor the words about it are
        shown."""
        log = rating.log_id and rating.log_id not in self.logs and rating.log.sensitive
        return bool(log or (rating.case_id and rating.case_id not in self.cases and rating.case.sensitive))

    def note_of(self, rating: Rating | None) -> str:
        return "" if rating is None or self.hides(rating) else rating.note


def shown_to(user: User, ratings: Iterable[Rating]) -> Shown:
    """Two queries, and none for what no rating rests on. The ratings have their log and case."""
    ratings = list(ratings)
    logs = {rating.log_id for rating in ratings if rating.log_id}
    cases = {rating.case_id for rating in ratings if rating.case_id}
    return Shown(
        TeachingLog.objects.visible_to(user).in_bulk(logs) if logs else {},
        Case.objects.visible_to(user).in_bulk(cases) if cases else {},
    )


def cases_for(user: User, mentee: Mentee) -> QuerySet[Case]:
    """What a level of this apprentice can rest on: the closed cases that they presented and the reader may open."""
    rows = Case.objects.visible_to(user).closed().filter(presenter=mentee.secretary_id, cohort=mentee.cohort_id)
    return rows.order_by("-closed_on")
