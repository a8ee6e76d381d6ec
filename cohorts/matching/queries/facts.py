"""A cohort as the solver sees it: people as positions, scores as a matrix."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from cohorts.models import Baseline, Cohort, CohortRules, Mentee, Mentor, Strength
from mentorship.framework.models import Subject
from mentorship.places.models import Subdistrict

from ..choices import Side
from ..models import Bar, Wish
from ..scores import MenteeFacts, MentorFacts, PairScore, Weights, pair_score
from ..solver import Problem


def weights_of(rules: CohortRules) -> dict[str, int]:
    """The weights of a cohort now, as a proposal keeps them."""
    return {
        "gap": rules.weight_gap,
        "wish": rules.weight_wish,
        "kind": rules.weight_kind,
        "distance": rules.weight_distance,
    }


@dataclass(frozen=True)
class Facts:
    """One cohort, read whole. A position in `mentees` or `mentors` is the solver's row or column.

    Mentees stand in the order in which they came; barred pairs (recorded, or of one community) score None.
    """

    cohort: Cohort
    rules: CohortRules
    weights: Weights
    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    mentee_facts: tuple[MenteeFacts, ...]
    mentor_facts: tuple[MentorFacts, ...]
    neighbours: Mapping[str, frozenset[str]]
    bars: Mapping[tuple[Any, Any], Bar]
    subjects: Mapping[str, Subject]

    @cached_property
    def row_of(self) -> dict[Any, int]:
        return {mentee.pk: row for row, mentee in enumerate(self.mentees)}

    @cached_property
    def column_of(self) -> dict[Any, int]:
        return {mentor.pk: column for column, mentor in enumerate(self.mentors)}

    @cached_property
    def capacities(self) -> tuple[int, ...]:
        return tuple(mentor.capacity for mentor in self.mentors)

    @cached_property
    def scores(self) -> tuple[tuple[int | None, ...], ...]:
        columns = range(len(self.mentors))
        return tuple(tuple(self._score(row, column) for column in columns) for row in range(len(self.mentees)))

    def _score(self, row: int, column: int) -> int | None:
        return None if self.is_barred(row, column) else self.pair(row, column).points

    def pair(self, row: int, column: int) -> PairScore:
        """The score with its parts, whether or not the pair is barred."""
        return pair_score(self.mentee_facts[row], self.mentor_facts[column], self.weights, self.neighbours)

    def parts(self, row: int, column: int) -> list[dict]:
        """The parts of a score as a placement and a pairing keep them."""
        return [asdict(part) for part in self.pair(row, column).parts]

    def same_community(self, row: int, column: int) -> bool:
        return self.mentee_facts[row].community == self.mentor_facts[column].community

    def is_barred(self, row: int, column: int) -> bool:
        recorded = (self.mentees[row].pk, self.mentors[column].pk) in self.bars
        return recorded or self.same_community(row, column)

    def problem(self, pins: Mapping[int, int] | None = None) -> Problem:
        return Problem(self.scores, self.capacities, pins or {})

    def wish_rank(self, side: str, row: int, column: int) -> int | None:
        """Which wish (1 to 3) the pair is for that side, or None."""
        own, other = self.mentee_facts[row], self.mentor_facts[column]
        if side == Side.MENTOR:
            own, other = other, own
        return own.wishes.index(other.key) + 1 if other.key in own.wishes else None


def facts_of(cohort: Cohort, weights: Mapping[str, int] | None = None) -> Facts:
    """Reads a cohort in a fixed number of queries; `weights` are a proposal's own, else the cohort's."""
    rules = CohortRules.objects.get(cohort=cohort)
    mentors, mentees = read_mentors(cohort), read_mentees(cohort)
    wishes = read_wishes(cohort)
    return Facts(
        cohort=cohort,
        rules=rules,
        weights=Weights(**(weights or weights_of(rules))),
        mentees=mentees,
        mentors=mentors,
        mentee_facts=tuple(mentee_facts(mentee, wishes.get(mentee.pk, ())) for mentee in mentees),
        mentor_facts=tuple(mentor_facts(mentor, wishes.get(mentor.pk, ())) for mentor in mentors),
        neighbours=read_neighbours(cohort),
        bars={(bar.mentee_id, bar.mentor_id): bar for bar in Bar.objects.filter(cohort=cohort)},
        subjects={subject.code: subject for subject in Subject.objects.filter(framework=cohort.framework_id)},
    )


def read_mentors(cohort: Cohort) -> tuple[Mentor, ...]:
    strengths = Prefetch("strengths", Strength.objects.select_related("subject"))
    rows = Mentor.objects.filter(cohort=cohort).appointed().prefetch_related(strengths)
    return known_to(
        cohort, rows.select_related("secretary__community__subdistrict", "secretary__user", "base__community")
    )


def read_mentees(cohort: Cohort) -> tuple[Mentee, ...]:
    baseline = Prefetch("baseline", Baseline.objects.select_related("subject"))
    rows = Mentee.objects.filter(cohort=cohort).in_training().prefetch_related(baseline)
    rows = rows.select_related("secretary__community__subdistrict", "secretary__user")
    return known_to(cohort, rows.order_by("created_at", "secretary__sort_key", "secretary__name", "id"))


def known_to(cohort: Cohort, rows) -> tuple:
    """The rows, each told its cohort and studio, so that ages cost no query."""
    people = tuple(rows)
    for person in people:
        person.cohort, person.studio, person.secretary.studio = cohort, cohort.studio, cohort.studio
    return people


def read_wishes(cohort: Cohort) -> dict[Any, tuple[str, ...]]:
    """For each member with wishes, those they named, in order."""
    named: dict[Any, list[str]] = {}
    for wish in Wish.objects.filter(cohort=cohort).order_by("rank"):
        own, other = (wish.mentor_id, wish.mentee_id) if wish.side == Side.MENTOR else (wish.mentee_id, wish.mentor_id)
        named.setdefault(own, []).append(str(other))
    return {own: tuple(others) for own, others in named.items()}


def read_neighbours(cohort: Cohort) -> dict[str, frozenset[str]]:
    links: dict[str, set[str]] = {}
    rows = Subdistrict.neighbours.through.objects.filter(from_subdistrict__district=cohort.studio.district_id)
    for one, other in rows.values_list("from_subdistrict", "to_subdistrict"):
        links.setdefault(one, set()).add(other)
    return {code: frozenset(others) for code, others in links.items()}


def mentee_facts(mentee: Mentee, wishes: tuple[str, ...]) -> MenteeFacts:
    community = mentee.secretary.community
    return MenteeFacts(
        key=str(mentee.pk),
        levels={row.subject.code: row.level for row in mentee.baseline.all()},
        kind=community.type,
        subdistrict=community.subdistrict_id,
        community=community.code,
        wishes=wishes,
    )


def mentor_facts(mentor: Mentor, wishes: tuple[str, ...]) -> MentorFacts:
    community = mentor.secretary.community
    kinds = {community.type, mentor.base.community.type if mentor.base else ""} - {""}
    return MentorFacts(
        key=str(mentor.pk),
        strengths={row.subject.code: row.level for row in mentor.strengths.all()},
        kind=community.type,
        subdistrict=community.subdistrict_id,
        community=community.code,
        wishes=wishes,
        kinds_known=tuple(sorted(kinds)),
    )
