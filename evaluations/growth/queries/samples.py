"""Which logs a draw can reach, and whether an old draw still comes out the same."""

import datetime

from django.db.models import Prefetch, Q

from cohorts.models import Cohort
from evaluations.growth.drawing_lots import digest_of_pool, draw
from evaluations.growth.models import SampleDraw
from evaluations.logs.models import Attendance, TeachingLog


def pool_of(cohort: Cohort, first: datetime.date, last: datetime.date, at: datetime.datetime) -> list[str]:
    """Ids of the logs held in that time, entered by `at` and not voided then. Sensitive ones are never drawn."""
    standing = Q(voided_at=None) | Q(voided_at__gt=at)
    rows = TeachingLog.objects.filter(standing, cohort=cohort, date__range=(first, last), created_at__lte=at)
    return [str(pk) for pk in rows.filter(sensitive=False).order_by("pk").values_list("pk", flat=True)]


def drawn_again(sample: SampleDraw) -> tuple[list[str], bool]:
    """The list that seed and rule give now, and whether the pool is still the same."""
    rule = sample.rule
    first, last = (datetime.date.fromisoformat(rule[name]) for name in ("first", "last"))
    pool = pool_of(sample.cohort, first, last, datetime.datetime.fromisoformat(rule["at"]))
    return draw(sample.seed, pool, rule["size"]), digest_of_pool(pool) == rule["digest"]


def drawn_logs(sample: SampleDraw, user) -> list[TeachingLog]:
    """The drawn logs that this reader may see, in the order of the draw, each with its people."""
    people = Prefetch("attendance", Attendance.objects.select_related("mentee__secretary"))
    rows = (
        TeachingLog.objects.visible_to(user)
        .filter(pk__in=sample.drawn)
        .select_related("mentor__secretary")
        .prefetch_related(people)
    )
    by_id = {str(log.pk): log for log in rows}
    return [by_id[pk] for pk in sample.drawn if pk in by_id]
