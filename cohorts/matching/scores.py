"""How well a mentor suits a mentee: 0 to 100 points in four parts that add up exactly.

Pure arithmetic over plain values. Hard bars (own line of command, conflict, same community) are no
part of the score: the caller bars those pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

PARTS = ("gap", "wish", "kind", "distance")
TOP_LEVEL = 5

# Both sides' wishes, each out of 6: first, second, third wish; none expressed; all gone elsewhere.
WISH_BY_RANK = (6, 5, 4)
NO_WISH = 3
WISH_ELSEWHERE = 0

# Each out of 12.
KIND = {"same": 12, "known": 9, "unknown": 6, "other": 0}
DISTANCE = {"same": 12, "neighbour": 8, "unknown": 6, "far": 0}


@dataclass(frozen=True)
class Weights:
    """What each part counts, in any unit; only the proportions matter.

    Raises ValueError for a negative weight or when all are 0.
    """

    gap: int = 40
    wish: int = 20
    kind: int = 20
    distance: int = 20

    def __post_init__(self) -> None:
        values = [getattr(self, part) for part in PARTS]
        if min(values) < 0 or not sum(values):
            raise ValueError("weights must not be negative, and one must be above 0")

    @cached_property
    def out_of(self) -> dict[str, int]:
        """The most points of each part: whole numbers that add up to exactly 100.

        Largest remainder: points lost in rounding go to the parts that lost most, the earlier first.
        """
        values = {part: getattr(self, part) for part in PARTS}
        whole = sum(values.values())
        points = {part: 100 * value // whole for part, value in values.items()}
        by_loss = sorted(PARTS, key=lambda part: -(100 * values[part] % whole))
        for part in by_loss[: 100 - sum(points.values())]:
            points[part] += 1
        return points


@dataclass(frozen=True)
class MenteeFacts:
    """What a mentee brings to the pairing.

    levels       subject code -> level 1 (lowest) to 5; subjects not rated are left away
    kind         code of the kind of neighbourhood, "" = unknown
    subdistrict  9-digit code, "" = unknown
    community    12-digit code; for the caller's bars only
    wishes       keys of mentors, first wish first
    """

    key: object
    levels: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    subdistrict: str = ""
    community: str = ""
    wishes: tuple = ()

    def __post_init__(self) -> None:
        _check_levels(self.levels)


@dataclass(frozen=True)
class MentorFacts:
    """What a mentor brings to the pairing. As for mentees, and:

    strengths    subject code -> strength 1 to 5; a subject left away helps nobody
    wishes       keys of mentees, first wish first
    kinds_known  kinds of neighbourhood the mentor has led before
    """

    key: object
    strengths: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    subdistrict: str = ""
    community: str = ""
    wishes: tuple = ()
    kinds_known: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_levels(self.strengths)


@dataclass(frozen=True)
class Part:
    """One reason of a score: `points` out of `out_of`, and the facts a sentence about it needs.

    gap       subject, level, strength of the subject that says most (None when nothing is lacking);
              subjects: (code, level, strength or None) of all that lack something, most needed first;
              rated: whether the mentee has any level
    wish      mentee_rank, mentor_rank: 1 = first wish, None = not wished for;
              mentee_wished, mentor_wished: whether that side expressed any wish
    kind      mentee_kind, mentor_kind, match: "same", "known" (led such before), "other", "unknown"
    distance  mentee_subdistrict, mentor_subdistrict,
              distance_class: "same", "neighbour", "far", "unknown"
    """

    code: str
    points: int
    out_of: int
    facts: Mapping[str, object]


@dataclass(frozen=True)
class PairScore:
    """0 to 100 points, equal to the sum of the parts."""

    points: int
    parts: tuple[Part, ...]


def pair_score(
    mentee: MenteeFacts,
    mentor: MentorFacts,
    weights: Weights,
    neighbours: Mapping[str, frozenset[str]],
) -> PairScore:
    """The score of one pair, with its reasons.

    Each part is its most points times a quality from 0 to 1, rounded half up:

    gap       Σ n²·max(0, t − l) / Σ n³ over the subjects, with l the mentee's level, n = 5 − l what
              is lacking, t the mentor's strength. So a subject weighs with the cube of what is
              lacking (level 1: 64, 2: 27, 3: 8, 4: 1, 5: 0) and counts as covered by the share
              (t − l) / n of the way to the top that the mentor is ahead. Never falls when a
              strength rises. Nothing lacking: 1. No level known: 1/2.
    wish      each side gives half: first wish 1, second 5/6, third or later 4/6, no wish expressed
              1/2, wishes expressed but for others 0.
    kind      same kind 1, led such before 3/4, unknown 1/2, else 0.
    distance  same subdistrict 1, neighbouring 2/3, unknown 1/2, else 0.

    neighbours  subdistrict code -> codes of the subdistricts beside it; either direction suffices
    """
    parts = tuple(
        Part(code, (2 * out_of * share + whole) // (2 * whole), out_of, facts)
        for code, out_of, (share, whole, facts) in (
            ("gap", weights.out_of["gap"], _gap(mentee, mentor)),
            ("wish", weights.out_of["wish"], _wish(mentee, mentor)),
            ("kind", weights.out_of["kind"], _kind(mentee, mentor)),
            ("distance", weights.out_of["distance"], _distance(mentee, mentor, neighbours)),
        )
    )
    return PairScore(sum(part.points for part in parts), parts)


def _gap(mentee: MenteeFacts, mentor: MentorFacts) -> tuple[int, int, dict]:
    strengths = mentor.strengths
    lacking = [(code, level, strengths.get(code)) for code, level in mentee.levels.items() if level < TOP_LEVEL]
    # Between subjects equally low the one the mentor covers best makes the truer sentence.
    lacking.sort(key=lambda subject: (subject[1], -(subject[2] or 0)))
    covered = whole = 0
    for _, level, strength in lacking:
        need = TOP_LEVEL - level
        covered += need**2 * max(0, (strength or 0) - level)
        whole += need**3
    subject, level, strength = lacking[0] if lacking else (None, None, None)
    facts = {
        "subject": subject,
        "level": level,
        "strength": strength,
        "subjects": tuple(lacking),
        "rated": bool(mentee.levels),
    }
    if not lacking:
        return (2 if mentee.levels else 1), 2, facts
    return covered, whole, facts


def _wish(mentee: MenteeFacts, mentor: MentorFacts) -> tuple[int, int, dict]:
    by_mentee, mentee_rank = _one_side(mentee.wishes, mentor.key)
    by_mentor, mentor_rank = _one_side(mentor.wishes, mentee.key)
    facts = {
        "mentee_rank": mentee_rank,
        "mentor_rank": mentor_rank,
        "mentee_wished": bool(mentee.wishes),
        "mentor_wished": bool(mentor.wishes),
    }
    return by_mentee + by_mentor, 2 * WISH_BY_RANK[0], facts


def _one_side(wishes: Sequence, key: object) -> tuple[int, int | None]:
    """(value out of 6, rank from 1 or None) of one side's wishes."""
    if not wishes:
        return NO_WISH, None
    if key not in wishes:
        return WISH_ELSEWHERE, None
    rank = wishes.index(key)
    return WISH_BY_RANK[min(rank, len(WISH_BY_RANK) - 1)], rank + 1


def _kind(mentee: MenteeFacts, mentor: MentorFacts) -> tuple[int, int, dict]:
    if not mentee.kind:
        match = "unknown"
    elif mentee.kind == mentor.kind:
        match = "same"
    elif mentee.kind in mentor.kinds_known:
        match = "known"
    else:
        match = "other" if mentor.kind or mentor.kinds_known else "unknown"
    facts = {"mentee_kind": mentee.kind, "mentor_kind": mentor.kind, "match": match}
    return KIND[match], KIND["same"], facts


def _distance(
    mentee: MenteeFacts, mentor: MentorFacts, neighbours: Mapping[str, frozenset[str]]
) -> tuple[int, int, dict]:
    here, there = mentee.subdistrict, mentor.subdistrict
    if not here or not there:
        distance = "unknown"
    elif here == there:
        distance = "same"
    elif there in neighbours.get(here, ()) or here in neighbours.get(there, ()):
        distance = "neighbour"
    else:
        distance = "far"
    facts = {"mentee_subdistrict": here, "mentor_subdistrict": there, "distance_class": distance}
    return DISTANCE[distance], DISTANCE["same"], facts


def _check_levels(levels: Mapping[str, int]) -> None:
    for code, level in levels.items():
        if not 1 <= level <= TOP_LEVEL:
            raise ValueError(f"{code}: {level} is not from 1 to {TOP_LEVEL}")
