"""How each indicator of one apprentice stands, and what a plan would take up."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from cohorts.clinic.models import Case
from cohorts.models import Mentee
from evaluations.growth.choices import Result
from evaluations.growth.models import Rating
from evaluations.growth.suggesting import Advice, Standing, Suggestion, suggest, table
from evaluations.logs.models import TeachingLog
from mentorship.framework.models import Indicator

from .evidence import shown_to
from .levels import is_latest, latest_ratings, levels_of, starting_levels
from .plans import plan_to_carry


@dataclass(frozen=True)
class Proposed:
    """A suggestion in the reader's words, ready to become a row; `basis` is the rating that shows the gap."""

    indicator: Indicator
    level: int
    target: int
    words_now: str
    words_target: str
    basis: Rating | None
    method: str
    action: str
    proof: str
    left_open: bool
    log: TeachingLog | None = None  # the evidence, for a reader who may open it; or the case
    case: Case | None = None
    basis_note: str = ""


def indicator_levels(mentee: Mentee, on: datetime.date) -> dict[uuid.UUID, tuple[int, uuid.UUID]]:
    """Indicator id to (level, id of its rating) as they hold on that day."""
    return {pk: (rating.level, rating.pk) for pk, rating in holding_ratings(mentee, on).items()}


def holding_ratings(
    mentee: Mentee, on: datetime.date, indicators: Sequence[Indicator] | None = None
) -> dict[uuid.UUID, Rating]:
    """Indicator id to the newest evidence of it: its own rating, or a later level of its whole subject. One query, and one
    for the indicators where a round gave levels and the caller has not read them."""
    rows = Rating.objects.counted().until(on).filter(Q(subject__isnull=False) | is_latest(on), mentee=mentee)
    rows = list(rows.in_order().for_lists())
    found = {row.indicator_id: row for row in rows if row.indicator_id}
    wholes = {row.subject_id: row for row in rows if row.subject_id}
    if wholes and indicators is None:
        indicators = Indicator.objects.filter(subject__framework=mentee.cohort.framework_id)
    for indicator in indicators if wholes else ():
        whole, rating = wholes.get(indicator.subject_id), found.get(indicator.pk)
        if whole and (rating is None or (whole.date, whole.created_at) > (rating.date, rating.created_at)):
            found[indicator.pk] = whole
    return found


def standing_ratings(mentee: Mentee, on: datetime.date) -> dict[uuid.UUID, Rating]:
    rows = latest_ratings(Rating.objects.filter(mentee=mentee), on).for_lists()
    return {rating.indicator_id: rating for rating in rows}


def framework_of(mentee: Mentee) -> QuerySet[Indicator]:
    """What the apprentice is measured by, in order."""
    rows = Indicator.objects.filter(subject__framework=mentee.cohort.framework_id)
    return rows.select_related("subject").order_by("subject__order", "order")


def indicators_of(mentee: Mentee) -> list[Indicator]:
    """The same with the words of their levels."""
    return list(framework_of(mentee).prefetch_related("levels"))


def proposals_for(mentee: Mentee, on: datetime.date) -> list[Proposed]:
    """What a plan drawn up that day would hold, at most five rows; empty while nothing is known."""
    listed = indicators_of(mentee)
    indicators = {indicator.code: indicator for indicator in listed}
    ratings = holding_ratings(mentee, on, listed)
    start = starting_levels([mentee.pk]).get(mentee.pk, {})
    means = levels_of(mentee, on)
    previous = plan_to_carry(mentee)
    unfinished = (
        previous.rows.filter(result__in=Result.unfinished()).values_list("indicator", flat=True) if previous else ()
    )
    left_open = set(unfinished)
    standings = []
    for indicator in indicators.values():
        rating, subject = ratings.get(indicator.pk), indicator.subject.code
        level = rating.level if rating else start.get(subject) and int(start[subject])
        standings.append(Standing(indicator.code, subject, level, means.get(subject), indicator.pk in left_open))
    return [in_words(each, indicators[each.indicator], ratings) for each in suggest(standings, table())]


def in_words(each: Suggestion, indicator: Indicator, ratings: Mapping[uuid.UUID, Rating]) -> Proposed:
    behaviour = {level.level: level.words for level in indicator.levels.all()}
    action, proof = spoken(each.advice)
    return Proposed(
        indicator, each.level, each.target, behaviour.get(each.level, ""), behaviour.get(each.target, ""),
        ratings.get(indicator.pk), each.advice.method, action, proof, each.left_open,
    )  # fmt: skip


def spoken(advice: Advice) -> tuple[str, str]:
    if (get_language() or "").startswith("en"):
        return advice.action_en, advice.proof_en
    return advice.action, advice.proof


def with_evidence(proposed: list[Proposed], user) -> list[Proposed]:
    """The same with the logs, cases and notes that this reader may see."""
    shown = shown_to(user, [each.basis for each in proposed if each.basis])
    return [
        replace(
            each, log=shown.log_of(each.basis), case=shown.case_of(each.basis), basis_note=shown.note_of(each.basis)
        )
        for each in proposed
    ]
