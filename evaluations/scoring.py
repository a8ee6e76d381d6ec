"""From answers to a total, a grade and a rank. Pure: plain values in, a tree of plain values out.

A scheme is a tree of parts with weights. An answer belongs to a part by its path ("competency.PB.mentor"): one number,
or several where several people answered alike. All arithmetic is exact (fractions of decimals); a figure is rounded
once, half up, to one decimal, when it is published. So the order in which answers arrive never matters.

What is missing is never a zero. A part without an answer is named, and its weight is spread over the rest of its group;
where the group may not spread (the whole, or a strict scheme) the result stays open: no total, no grade, no rank.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

WHOLE = Decimal(100)
LEVEL_SCORES = (45, 60, 75, 88, 98)  # of the five levels
Answer = Decimal | int | Sequence[Decimal | int]


class Grade(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105 - a grade, no password  # nosec B105
    FAIL = "fail"


class Note(StrEnum):
    """Why a figure is what it is; the words for them stand with the pages."""

    MISSING = "missing"  # this part has no answer
    SPREAD = "spread"  # some parts below had none; their weight went to the others
    OPEN = "open"  # it can't be computed until they are there
    GIVEN = "given"  # entered as a whole, not from its parts
    MEAN = "mean"  # the mean of several answers
    LEVEL = "level"  # a level, turned into points
    ABSENT = "absent"  # attendance under the floor: no better than a pass
    NO_ATTENDANCE = "no_attendance"  # attendance unknown: the rule was not applied
    VETO = "veto"  # a verified veto item
    QUOTA = "quota"  # enough points, but no place left among the excellent
    TIED = "tied"  # equal in everything at the last place: none of them takes it


class BadScheme(ValueError):
    """Weights or rules that can't be applied; the message names the part."""


@dataclass(frozen=True)
class Part:
    """`weights` of the children must add up to `whole`. A leaf takes points from 0 to 100, or a level from 1 to 5."""

    code: str
    label: str = ""
    weight: Decimal = WHOLE
    children: tuple["Part", ...] = ()
    whole: Decimal = WHOLE
    spread: bool = True
    level: bool = False


@dataclass(frozen=True)
class Rules:
    """Cuts in points; quotas and the floor of attendance in percent. `ties` are paths, the first decides first."""

    excellent: Decimal = Decimal(90)
    good: Decimal = Decimal(80)
    passing: Decimal = Decimal(60)
    quota: Decimal = Decimal(20)
    quota_small: Decimal = Decimal(30)
    small: int = 20
    attendance_floor: Decimal = Decimal(70)
    level_scores: tuple[int, ...] = LEVEL_SCORES
    ties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    root: Part
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True)
class Candidate:
    """One person's answers by path; attendance in percent, None where nothing was counted; veto when verified."""

    key: str
    answers: Mapping[str, Answer]
    attendance: Decimal | None = None
    veto: bool = False


@dataclass(frozen=True)
class Node:
    """A figure and where it comes from. `share` is its part of the figure above as counted, after spreading."""

    code: str
    label: str
    path: str
    weight: Decimal
    exact: Fraction | None
    share: Fraction = Fraction(0)
    children: tuple["Node", ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    given: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        return None if self.exact is None else published(self.exact)

    @property
    def contribution(self) -> Decimal | None:
        """Points that it adds to the figure above, to two decimals."""
        return None if self.exact is None else published(self.exact * self.share, places=2)

    @property
    def share_percent(self) -> Decimal:
        return published(self.share * 100)

    def find(self, path: str) -> "Node | None":
        if self.path == path:
            return self
        return next((found for child in self.children if (found := child.find(path))), None)


@dataclass(frozen=True)
class Outcome:
    key: str
    tree: Node
    grade: str | None
    rank: int | None
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal | None:
        return self.tree.value


def published(value: Fraction, places: int = 1) -> Decimal:
    """Rounded half up, exactly: 92.85 is 92.9. No binary fraction is ever involved."""
    scale = 10**places
    units = (value * scale * 2 + 1) // 2
    return Decimal(int(units)).scaleb(-places)


def check(scheme: Scheme) -> None:
    """Raises BadScheme for weights that don't add up, cuts that don't descend, and paths that name no part."""
    check_part(scheme.root, scheme.root.code)
    rules = scheme.rules
    if not WHOLE >= rules.excellent > rules.good > rules.passing >= 0:
        raise BadScheme("cuts must descend")
    if len(rules.level_scores) != 5 or sorted(set(rules.level_scores)) != list(rules.level_scores):
        raise BadScheme("five ascending level scores")
    for percent in (rules.quota, rules.quota_small, rules.attendance_floor):
        if not 0 <= percent <= WHOLE:
            raise BadScheme("a percentage lies between 0 and 100")
    known = set(paths(scheme.root))
    for path in rules.ties:
        if path not in known:
            raise BadScheme(path)


def check_part(part: Part, path: str) -> None:
    if not part.children:
        return
    codes = [child.code for child in part.children]
    if len(set(codes)) != len(codes) or any(child.weight < 0 for child in part.children):
        raise BadScheme(path)
    if sum((child.weight for child in part.children), Decimal(0)) != part.whole or part.whole <= 0:
        raise BadScheme(path)
    for child in part.children:
        check_part(child, f"{path}.{child.code}")


def paths(part: Part, above: str = "") -> Iterable[str]:
    """Every path below the root."""
    for child in part.children:
        path = f"{above}.{child.code}" if above else child.code
        yield path
        yield from paths(child, path)


def leaves(part: Part, above: str = "") -> Iterable[tuple[str, Part]]:
    for child in part.children:
        path = f"{above}.{child.code}" if above else child.code
        if child.children:
            yield from leaves(child, path)
        else:
            yield path, child


def points_of(level: Decimal | int, scores: Sequence[int]) -> Fraction:
    """Points of a level from 1 to 5; between two levels in proportion."""
    exact = Fraction(level)
    if not 1 <= exact <= 5:
        raise ValueError(f"level {level}")
    low = min(int(exact), 4)
    return scores[low - 1] + (exact - low) * (scores[low] - scores[low - 1])


def value_of(answer: Answer, part: Part, scores: Sequence[int]) -> tuple[Fraction | None, tuple[str, ...]]:
    several = isinstance(answer, Sequence)
    given = list(answer) if several else [answer]
    if not given:
        return None, ()
    notes = (Note.LEVEL,) if part.level else ()
    values = [points_of(one, scores) if part.level else Fraction(one) for one in given]
    if any(not 0 <= value <= 100 for value in values):
        raise ValueError(f"points {given}")
    return sum(values, Fraction(0)) / len(values), (*notes, Note.MEAN) if len(values) > 1 else notes


def compute(scheme: Scheme, answers: Mapping[str, Answer]) -> Node:
    """The tree of one person. An answer given for a part with children stands for all of them."""
    return node_of(scheme.root, "", answers, scheme.rules.level_scores)


def node_of(part: Part, path: str, answers: Mapping[str, Answer], scores: Sequence[int]) -> Node:
    own = Node(part.code, part.label, path, part.weight, None)
    if path and answers.get(path) is not None:
        exact, notes = value_of(answers[path], part, scores)
        if exact is not None:
            one = answers[path] if not isinstance(answers[path], Sequence) else None
            return replace(own, exact=exact, notes=(*notes, Note.GIVEN) if part.children else notes,
                           given=None if one is None else Decimal(one))  # fmt: skip
    if not part.children:
        return replace(own, notes=(Note.MISSING,), missing=(path,))
    below = [
        node_of(child, f"{path}.{child.code}" if path else child.code, answers, scores)
        for child in part.children
        if child.weight > 0
    ]
    return gathered(own, below, spread=part.spread)


def gathered(own: Node, below: list[Node], *, spread: bool) -> Node:
    missing = tuple(path for child in below for path in child.missing)
    there = [child for child in below if child.exact is not None]
    if not there or (len(there) < len(below) and not spread):
        return replace(own, children=tuple(below), notes=(Note.OPEN,), missing=missing)
    counted = sum((Fraction(child.weight) for child in there), Fraction(0))
    shared = [replace(c, share=Fraction(c.weight) / counted) if c.exact is not None else c for c in below]
    exact = sum((child.exact * child.share for child in shared if child.exact is not None), Fraction(0))
    notes = (Note.SPREAD,) if len(there) < len(below) else ()
    return replace(own, exact=exact, children=tuple(shared), notes=notes, missing=missing)


def strict(part: Part) -> Part:
    """The same part where nothing may be spread: any missing answer leaves the total open."""
    return replace(part, spread=False, children=tuple(strict(child) for child in part.children))


def places_for_excellent(people: int, rules: Rules) -> int:
    """How many may be excellent among so many people: never above the quota, so rounded down."""
    percent = rules.quota_small if people < rules.small else rules.quota
    return int(people * Fraction(percent) // 100)


def by_points(total: Decimal, rules: Rules) -> str:
    if total >= rules.excellent:
        return Grade.EXCELLENT
    if total >= rules.good:
        return Grade.GOOD
    return Grade.PASS if total >= rules.passing else Grade.FAIL


def bounded(candidate: Candidate, total: Decimal, rules: Rules) -> tuple[str, tuple[str, ...]]:
    """The grade before the quota: by points as published, then the two rules that hold it down."""
    grade, notes = by_points(total, rules), ()
    if candidate.attendance is None:
        notes = (Note.NO_ATTENDANCE,)
    elif candidate.attendance < rules.attendance_floor:
        notes = (Note.ABSENT,)
        grade = Grade.PASS if grade in (Grade.EXCELLENT, Grade.GOOD) else grade
    return (Grade.FAIL, (*notes, Note.VETO)) if candidate.veto else (grade, notes)


def standing(candidate: Candidate, tree: Node, rules: Rules) -> tuple:
    """What ranks are compared by, all of it as published: the total, then the parts that decide a tie."""
    tied = (tree.find(path) for path in rules.ties)
    return (not candidate.veto, tree.value, *(part.value if part and part.value is not None else -1 for part in tied))


def judge(scheme: Scheme, people: Iterable[Candidate], *, taken: int = 0, of: int | None = None) -> dict[str, Outcome]:
    """Outcomes by key. Ranks are shared by equals (1, 2, 2, 4); those whose total is open have none.

    The quota is of all who are in the round (`of`, else the number of `people`); `taken` places are gone already.
    Where the last places would fall to more equals than there are places, none of those equals takes one: the quota
    is a ceiling, and among equals nobody is preferred.
    """
    rules = scheme.rules
    people = list(people)
    if len({one.key for one in people}) != len(people):
        raise ValueError("one person twice")
    trees = {one.key: compute(scheme, one.answers) for one in people}
    closed = [one for one in people if trees[one.key].exact is not None]
    place = {one.key: standing(one, trees[one.key], rules) for one in closed}
    grades = {one.key: bounded(one, trees[one.key].value, rules) for one in closed}
    refused = over_quota(place, grades, places_for_excellent(of or len(people), rules) - taken)
    ascending = sorted(place.values())
    outcomes = {}
    for one in people:
        tree = trees[one.key]
        if one.key not in grades:
            outcomes[one.key] = Outcome(one.key, tree, None, None, (Note.OPEN,))
            continue
        grade, notes = grades[one.key]
        if one.key in refused:
            grade, notes = Grade.GOOD, (*notes, *refused[one.key])
        rank = 1 + len(ascending) - bisect_right(ascending, place[one.key])
        outcomes[one.key] = Outcome(one.key, tree, grade, rank, notes)
    return outcomes


def over_quota(place: Mapping[str, tuple], grades: Mapping[str, tuple], places: int) -> dict[str, tuple[str, ...]]:
    """Those with the points of an excellent grade who don't get one, and why."""
    wanting = [key for key, (grade, _notes) in grades.items() if grade == Grade.EXCELLENT]
    ascending = sorted(place[key] for key in wanting)
    refused = {}
    for key in wanting:
        upper = bisect_right(ascending, place[key])
        ahead, equal = len(ascending) - upper, upper - bisect_left(ascending, place[key])
        if ahead + equal > max(places, 0):
            refused[key] = (Note.QUOTA, Note.TIED) if equal > 1 and ahead < places else (Note.QUOTA,)
    return refused


def distribution(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many stand in each grade; open ones are counted nowhere."""
    counts = dict.fromkeys(Grade, 0)
    for outcome in outcomes:
        if outcome.grade:
            counts[Grade(outcome.grade)] += 1
    return counts
