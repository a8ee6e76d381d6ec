"""How far one apprentice has come: five subjects then and now, the curve beside the cohort's, indicators with evidence."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohorts.clinic.models import Case
from cohorts.models import Mentee
from evaluations.growth.measures import Reading, course, levels_over, mean, month_ends, one_decimal
from evaluations.growth.models import GapPlan, Rating
from evaluations.logs.models import TeachingLog
from mentorship.framework.models import Indicator, Subject

from .evidence import shown_to
from .levels import Levels, starting_levels
from .plans import standing_plan
from .standing import framework_of, holding_ratings

Codes = dict[uuid.UUID, tuple[str, str]]  # an indicator or a whole subject to the codes of subject and indicator
LABELS_APART = 2  # every second month has its name under the curve


@dataclass(frozen=True)
class SubjectRow:
    subject: Subject
    then: Decimal | None  # published: one decimal; None is missing
    now: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True)
class Curve:
    """Values at the start, at each month's end and today; `words` says the same to who does not see it."""

    days: list[datetime.date]
    values: list[Decimal]
    cohort: list[Decimal]
    labels: list[str]
    words: str

    @property
    def rows(self) -> list[tuple]:
        cohort = self.cohort or [None] * len(self.days)
        return list(zip(self.days, self.values, cohort, strict=True))


@dataclass(frozen=True)
class Progress:
    mentee: Mentee
    on: datetime.date
    rows: list[SubjectRow]
    curve: Curve | None
    plan: GapPlan | None

    @property
    def known(self) -> bool:
        return any(row.now is not None for row in self.rows)

    @property
    def complete(self) -> bool:
        """A radar needs every subject; what is missing is not drawn as 0."""
        return len(self.rows) >= 3 and all(row.now is not None for row in self.rows)

    @property
    def now(self) -> list[float]:
        return [float(row.now) for row in self.rows if row.now is not None]

    @property
    def then(self) -> list[float]:
        values = [float(row.then) for row in self.rows if row.then is not None]
        return values if len(values) == len(self.rows) else []

    @property
    def labels(self) -> list[str]:
        return [row.subject.short for row in self.rows]

    @property
    def radar_words(self) -> str:
        """The drawing in one sentence, for who hears the page."""
        parts = []
        for row in self.rows:
            facts = {"subject": row.subject.short, "now": row.now, "then": row.then}
            said = _("%(subject)s现在%(now)s") if row.then is None else _("%(subject)s现在%(now)s，拜师时%(then)s")
            parts.append(said % facts)
        return _("五项本领，满分5级：%(parts)s") % {"parts": _("；").join(parts)}

    @property
    def fastest(self) -> SubjectRow | None:
        grown = [row for row in self.rows if row.change and row.change > 0]
        return max(grown, key=lambda row: row.change, default=None)

    @property
    def lowest(self) -> SubjectRow | None:
        return min((row for row in self.rows if row.now is not None), key=lambda row: row.now, default=None)


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator with the level that holds, in words, and its evidence; `log` and `case` only for who may read them."""

    indicator: Indicator
    rating: Rating | None
    behaviour: str
    next_behaviour: str
    log: TeachingLog | None
    case: Case | None
    hidden: bool


@dataclass(frozen=True)
class Ground:
    """What all that is drawn of an apprentice is worked out from: the readings of the whole cohort, where each of those in
    training began, and how many indicators a subject has."""

    readings: dict[uuid.UUID, list[Reading]]
    start: dict[uuid.UUID, Levels]
    sizes: Counter


def published(value: Decimal | None) -> Decimal | None:
    return None if value is None else one_decimal(value)


def subject_rows(subjects: Sequence[Subject], then: Levels, now: Levels) -> list[SubjectRow]:
    return [SubjectRow(each, published(then.get(each.code)), published(now.get(each.code))) for each in subjects]


def progress_of(mentee: Mentee, on: datetime.date, indicators: Sequence[Indicator] | None = None) -> Progress:
    """Everything `templates/growth/_progress.html` shows, as of that day. `mentee` has its cohort, the indicators their
    subjects, in order. Four queries, and one for indicators that are not given."""
    indicators = indicators if indicators is not None else framework_of(mentee)
    subjects = list(dict.fromkeys(indicator.subject for indicator in indicators))
    ground = ground_of(mentee, on, indicators)
    then = ground.start.get(mentee.pk, {})
    (now,) = levels_over(ground.readings.get(mentee.pk, []), then, [on], ground.sizes)
    rows = subject_rows(subjects, then, now)
    return Progress(mentee, on, rows, curve_of(mentee, on, ground), standing_plan(mentee))


def ground_of(mentee: Mentee, on: datetime.date, indicators: Sequence[Indicator]) -> Ground:
    """Three queries."""
    codes = codes_of(indicators)
    readings = readings_of(Rating.objects.counted().until(on).filter(cohort=mentee.cohort_id), codes)
    people = Mentee.objects.filter(cohort=mentee.cohort_id).in_training() | Mentee.objects.filter(pk=mentee.pk)
    sizes = Counter(subject for subject, indicator in codes.values() if indicator)
    return Ground(readings, starting_levels(people.values("pk")), sizes)


def readings_of(ratings, codes: Codes) -> dict[uuid.UUID, list[Reading]]:
    """Without a join: a cohort has thousands of ratings and one framework."""
    found: dict[uuid.UUID, list[Reading]] = {}
    for pk, day, indicator, subject, level in ratings.in_order().values_list(
        "mentee", "date", "indicator", "subject", "level"
    ):
        found.setdefault(pk, []).append((day, *codes[indicator or subject], level))
    return found


def codes_of(indicators: Sequence[Indicator]) -> Codes:
    found: Codes = {}
    for each in indicators:
        found[each.pk], found[each.subject_id] = (each.subject.code, each.code), (each.subject.code, "")
    return found


def curve_of(mentee: Mentee, on: datetime.date, ground: Ground) -> Curve | None:
    """The mean over the five subjects through the months, and the cohort's; None without two moments."""
    days = month_ends(mentee.cohort.starts, min(on, mentee.cohort.ends))
    if len(days) < 2:
        return None
    readings, start = ground.readings, ground.start
    courses = {pk: course(readings.get(pk, []), start.get(pk, {}), days, ground.sizes) for pk in {*readings, *start}}
    own = courses.get(mentee.pk, [])
    known = [place for place, value in enumerate(own) if value is not None]
    if len(known) < 2:
        return None
    cohort = [mean([line[place] for line in courses.values() if line[place] is not None]) for place in known]
    values = [one_decimal(own[place]) for place in known]
    days = [days[place] for place in known]
    together = [one_decimal(value) for value in cohort if value is not None]
    return Curve(
        days, values, together if len(together) == len(values) else [], labels_of(days), said(days, values, together)
    )


def labels_of(days: Sequence[datetime.date]) -> list[str]:
    last = len(days) - 1
    return [month_name(day) if (last - place) % LABELS_APART == 0 else "" for place, day in enumerate(days)]


def month_name(day: datetime.date) -> str:
    return date_format(day, _("n月"))


def said(days, values, cohort) -> str:
    facts = {"first": month_name(days[0]), "last": month_name(days[-1]), "then": values[0], "now": values[-1]}
    words = _("平均等级%(first)s是%(then)s，%(last)s是%(now)s") % facts
    return words + _("；全批平均%(cohort)s") % {"cohort": cohort[-1]} if cohort else words


def indicator_rows(
    mentee: Mentee, on: datetime.date, user, indicators: Sequence[Indicator]
) -> list[tuple[Subject, list[IndicatorRow]]]:
    """The five subjects, each with its indicators (of `indicators_of`) as they stand. Logs and cases that the reader may
    not see are not linked."""
    from_rating = holding_ratings(mentee, on, indicators)
    shown = shown_to(user, from_rating.values())
    groups: dict[Subject, list[IndicatorRow]] = {}
    for indicator in indicators:
        rating = from_rating.get(indicator.pk)
        words = {level.level: level.words for level in indicator.levels.all()}
        level = rating.level if rating else 0
        row = IndicatorRow(
            indicator, rating, words.get(level, ""), words.get(level + 1, "") if rating else "", shown.log_of(rating),
            shown.case_of(rating), bool(rating and shown.hides(rating)),
        )  # fmt: skip
        groups.setdefault(indicator.subject, []).append(row)
    return list(groups.items())


def history_of(mentee: Mentee, user) -> list[tuple[Rating, TeachingLog | None, Case | None, bool]]:
    """Every rating, the newest first, also those taken back: (rating, its log and case if they may be opened, hidden?)."""
    rows = list(Rating.objects.filter(mentee=mentee).for_lists().order_by("-date", "-created_at"))
    shown = shown_to(user, rows)
    return [(row, shown.log_of(row), shown.case_of(row), shown.hides(row)) for row in rows]
