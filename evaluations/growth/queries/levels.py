"""Levels by subject on a day, of one apprentice or of a whole cohort."""

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from cohorts.models import Baseline, Mentee
from evaluations.growth.choices import Source
from evaluations.growth.measures import blended
from evaluations.growth.models import Rating
from mentorship.framework.models import Indicator

Levels = dict[str, Decimal]


def is_latest(on: datetime.date) -> Q:
    """Of an apprentice and an indicator, its own newest rating on that day."""
    newest = (
        Rating.objects.counted()
        .until(on)
        .filter(mentee=OuterRef("mentee"), indicator=OuterRef("indicator"))
        .order_by("-date", "-created_at")
    )
    return Q(pk=Subquery(newest.values("pk")[:1]))


def latest_ratings(ratings: QuerySet[Rating], on: datetime.date) -> QuerySet[Rating]:
    return ratings.counted().until(on).filter(is_latest(on))


def whole_ratings(mentees: Iterable, on: datetime.date) -> dict[tuple[uuid.UUID, uuid.UUID], Rating]:
    """(apprentice, subject) to the newest level that a round gave for the whole subject by that day. One query."""
    rows = Rating.objects.counted().until(on).filter(mentee__in=mentees, subject__isnull=False).in_order().for_lists()
    return {(row.mentee_id, row.subject_id): row for row in rows}


def still_fresh(ratings: QuerySet[Rating], on: datetime.date) -> QuerySet[Rating]:
    """Without those that a later level of the whole subject has overtaken: the newest evidence holds."""
    later = Q(date__gt=OuterRef("date")) | Q(date=OuterRef("date"), created_at__gt=OuterRef("created_at"))
    overtaking = Rating.objects.counted().until(on).filter(later, mentee=OuterRef("mentee"))
    return ratings.filter(~Exists(overtaking.filter(subject=OuterRef("indicator__subject"))))


def sizes_of(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many indicators each subject has."""
    rows = Indicator.objects.filter(subject__in=subjects).order_by().values_list("subject").annotate(n=Count("pk"))
    return dict(rows)


def starting_levels(mentees: Iterable) -> dict[uuid.UUID, Levels]:
    """Where each began (能力摸底), by subject; where no subject level was set, the mean of the rated indicators.

    `mentees` is a queryset or a list of ids. Two queries. An apprentice without any is absent.
    """
    rated = Rating.objects.standing().filter(mentee__in=mentees, source=Source.BASELINE)
    found = means_of(rated)
    for mentee, code, level in Baseline.objects.filter(mentee__in=mentees).values_list(
        "mentee", "subject__code", "level"
    ):
        found.setdefault(mentee, {})[code] = Decimal(level)
    return found


def means_of(ratings: QuerySet[Rating]) -> dict[uuid.UUID, Levels]:
    found: dict[uuid.UUID, Levels] = {}
    for mentee, code, total, n in sums_of(ratings):
        found.setdefault(mentee, {})[code] = blended(total, n, None, 0)
    return found


def sums_of(ratings: QuerySet[Rating]):
    """Rows of (apprentice, subject code, total of the levels, how many)."""
    by_subject = ratings.order_by().values_list("mentee", "indicator__subject__code")
    return by_subject.annotate(total=Sum("level"), n=Count("pk"))


def levels_of_all(mentees: Iterable, on: datetime.date) -> dict[uuid.UUID, Levels]:
    """`levels_of` for many: id of the apprentice to their levels. Four queries, and one more where a round gave levels."""
    return levels_at_both_ends(mentees, on)[1]


def levels_at_both_ends(
    mentees: Iterable, on: datetime.date
) -> tuple[dict[uuid.UUID, Levels], dict[uuid.UUID, Levels]]:
    """(`starting_levels`, `levels_of_all`) without asking twice where each began."""
    then = starting_levels(mentees)
    found = {mentee: dict(levels) for mentee, levels in then.items()}
    wholes = whole_ratings(mentees, on)
    ratings = latest_ratings(Rating.objects.filter(mentee__in=mentees), on)
    fresh = still_fresh(ratings, on) if wholes else ratings
    sums = {(mentee, code): (total, n) for mentee, code, total, n in sums_of(fresh)}
    sizes = sizes_of({subject for _mentee, subject in wholes}) if wholes else {}
    given = {(row.mentee_id, row.subject.code): (row.level, sizes.get(row.subject_id, 0)) for row in wholes.values()}
    for mentee, code in sums.keys() | given.keys():
        level, size = given.get((mentee, code), (None, 0))
        found.setdefault(mentee, {})[code] = blended(*sums.get((mentee, code), (0, 0)), level, size)
    return then, found


def levels_of(mentee: Mentee, on: datetime.date) -> Levels:
    """Subject code to the mean of the latest rating of each indicator by that day, exact and unrounded. A level that a
    round gave for the whole subject holds for each of its indicators until that is rated again.

    A subject without ratings has the level of the 摸底; without that it is absent: missing, never 0.
    Ratings that were taken back and self-ratings do not count.
    """
    return levels_of_all([mentee.pk], on).get(mentee.pk, {})
