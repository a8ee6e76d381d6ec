"""What a round found of whole subjects becomes levels, so that radar, curve and plan know of it."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from cohorts.actions.common import locked
from cohorts.models import Mentee
from evaluations.growth.choices import Source
from evaluations.growth.models import Rating
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.framework.models import Subject


@transaction.atomic
def rate_from_round(
    *, by: User, mentee: Mentee, round_id: uuid.UUID, date: datetime.date, levels: Mapping[Subject, tuple[int, str]]
) -> list[Rating]:
    """`levels`: subject to (level 1 to 5, what it rests on). Returns the new ratings.

    Done again for the same round, it replaces what became another level and leaves what is the same: the former rating
    is taken back and stays in the history. A subject that is not in `levels` keeps what it has.
    """
    locked(mentee)
    rows = Rating.objects.standing().filter(mentee=mentee, round_id=round_id, subject__isnull=False)
    before = {rating.subject_id: rating for rating in rows}
    changed = {
        subject: facts
        for subject, facts in levels.items()
        if subject.pk not in before or before[subject.pk].level != facts[0]
    }
    if not changed:
        return []
    old = [before[subject.pk] for subject in changed if subject.pk in before]
    Rating.objects.filter(pk__in=[rating.pk for rating in old]).update(undone_at=timezone.now())
    made = Rating.objects.bulk_create(
        Rating(
            studio_id=mentee.studio_id, cohort_id=mentee.cohort_id, mentee=mentee, subject=subject, level=level,
            date=date, source=Source.ROUND, note=words, rated_by=by.acting_user or by, round_id=round_id,
        )
        for subject, (level, words) in changed.items()
    )  # fmt: skip
    codes = {subject.pk: subject.code for subject in levels}
    record(
        by=by, verb="rating.given", on=mentee, studio=mentee.studio_id,
        before={"levels": {codes[rating.subject_id]: rating.level for rating in old}} if old else None,
        after={"date": date, "source": Source.ROUND, "levels": {s.code: level for s, (level, _) in changed.items()}},
    )  # fmt: skip
    return made
