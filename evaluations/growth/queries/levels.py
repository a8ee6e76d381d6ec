"""Levels by subject on a day, of one apprentice or of a whole cohort."""

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from cohorts.models import Baseline, Mentee
from evaluations.growth.choices import Source
from evaluations.growth.models import Rating

Levels = dict[str, Decimal]


def latest_ratings(ratings: QuerySet[Rating], on: datetime.date) -> QuerySet[Rating]:
    """Of each apprentice and indicator the rating that holds on that day."""
    newest = (
        Rating.objects.counted()
        .until(on)
        .filter(mentee=OuterRef("mentee"), indicator=OuterRef("indicator"))
        .order_by("-date", "-created_at")
    )
    return ratings.counted().until(on).filter(pk=Subquery(newest.values("pk")[:1]))


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
    rows = (
        ratings.order_by().values_list("mentee", "indicator__subject__code").annotate(total=Sum("level"), n=Count("pk"))
    )
    found: dict[uuid.UUID, Levels] = {}
    for mentee, code, total, n in rows:
        found.setdefault(mentee, {})[code] = Decimal(total) / n
    return found


def levels_of_all(mentees: Iterable, on: datetime.date) -> dict[uuid.UUID, Levels]:
    """`levels_of` for many: id of the apprentice to their levels. Three queries, however many there are."""
    found = starting_levels(mentees)
    for mentee, levels in means_of(latest_ratings(Rating.objects.filter(mentee__in=mentees), on)).items():
        found[mentee] = found.get(mentee, {}) | levels
    return found


def levels_of(mentee: Mentee, on: datetime.date) -> Levels:
    """Subject code to the mean of the latest rating of each indicator by that day, exact and unrounded.

    A subject without ratings has the level of the 摸底; without that it is absent: missing, never 0.
    Ratings that were taken back and self-ratings do not count.
    """
    return levels_of_all([mentee.pk], on).get(mentee.pk, {})
