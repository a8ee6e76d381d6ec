"""The scoring module: exact, explainable, and the same whoever asks and in whatever order."""

import random
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations import scoring
from evaluations.demo.reader import demo_data
from evaluations.scoring import BadScheme, Candidate, Grade, Note, Part, Rules, Scheme, compute, judge

SUBJECTS = ["PB", "CG", "TM", "CC", "ER"]
ZH = {"优秀": Grade.EXCELLENT, "良好": Grade.GOOD, "合格": Grade.PASS, "不合格": Grade.FAIL}
TIES = ("competency", "performance", "process")


def year_of_the_demo() -> Scheme:
    data = demo_data()["annual_assessment"]
    parts = []
    for code, weight in data["weights"].items():
        weights = data["domain_weights"].items() if code == "competency" else ()
        children = tuple(Part(subject, weight=D(w), level=True) for subject, w in weights)
        parts.append(Part(code, weight=D(weight), children=children))
    return Scheme(Part("total", children=tuple(parts), spread=False), Rules(ties=TIES))


def answers_of(row) -> dict:
    levels = {f"competency.{code}": level for code, level in zip(SUBJECTS, row["levels"], strict=True)}
    return levels | {code: D(str(row[code])) for code in ("process", "performance", "appraisal")}


def candidate(row) -> Candidate:
    return Candidate(row["mentee"], answers_of(row), attendance=D(90))


def scored_rows():
    return [row for row in demo_data()["annual_assessment"]["scores"] if "levels" in row]


def test_the_demo_year_recomputes_to_what_was_published():
    scheme = year_of_the_demo()
    scoring.check(scheme)
    rows = scored_rows()
    outcomes = judge(scheme, [candidate(row) for row in rows])
    for row in rows:
        outcome = outcomes[row["mentee"]]
        assert outcome.total == D(str(row["total"])), row
        assert outcome.tree.find("competency").value == D(str(row["competency"])), row
        assert (outcome.grade, outcome.rank) == (ZH[row["grade"]], row["rank"]), row
    counted = scoring.distribution(outcomes.values())
    published = demo_data()["annual_assessment"]["distribution"]
    assert counted == {ZH[name]: n for name, n in published.items()}


def test_the_corrected_review_recomputes():
    """Two paper sign-ins had not been entered: the process part was 78 before, 81 after."""
    review = demo_data()["annual_assessment"]["review_requests"][0]
    row = next(row for row in scored_rows() if row["mentee"] == review["mentee"])
    before = judge(year_of_the_demo(), [Candidate("T20", answers_of(row) | {"process": D(78)}, D(90))])["T20"]
    after = judge(year_of_the_demo(), [candidate(row)])["T20"]
    assert (before.total, before.grade) == (D(str(review["before"])), ZH[review["grade_before"]])
    assert (after.total, after.grade) == (D(str(review["after"])), ZH[review["grade_after"]])


def tree(*weights, whole=100, spread=True):
    children = tuple(Part(f"p{n}", weight=D(w)) for n, w in enumerate(weights))
    return Part("total", children=children, whole=D(whole), spread=spread)


def test_half_a_tenth_is_rounded_up_and_never_by_binary_accident():
    scheme = Scheme(tree(50, 50))
    assert compute(scheme, {"p0": D("92.8"), "p1": D("92.9")}).value == D("92.9")
    assert compute(scheme, {"p0": D("79.9"), "p1": D("80.0")}).value == D("80.0")


def test_a_number_opens_into_parts_that_add_up_to_it():
    node = compute(Scheme(tree(20, 30, 50)), {"p0": 90, "p1": 70, "p2": D("84.5")})
    assert [child.contribution for child in node.children] == [D("18.00"), D("21.00"), D("42.25")]
    assert sum(child.contribution for child in node.children) == D("81.25")
    assert node.value == D("81.3")


def test_what_is_missing_is_named_and_never_counts_as_zero():
    node = compute(Scheme(tree(20, 30, 50)), {"p0": 90, "p1": 70})
    assert node.value == D("78.0")  # 90 and 70 at 20 to 30
    assert node.missing == ("p2",)
    assert Note.SPREAD in node.notes
    assert Note.MISSING in node.find("p2").notes
    assert [child.share_percent for child in node.children] == [D("40.0"), D("60.0"), D("0.0")]


def test_a_whole_that_may_not_spread_stays_open():
    scheme = Scheme(tree(20, 80, spread=False))
    outcome = judge(scheme, [Candidate("a", {"p0": 100})])["a"]
    assert (outcome.total, outcome.grade, outcome.rank) == (None, None, None)
    assert outcome.notes == (Note.OPEN,)


def test_strict_leaves_any_gap_open():
    inner = Part(
        "total", children=(Part("a", weight=D(100), children=(Part("x", weight=D(50)), Part("y", weight=D(50)))),)
    )
    assert compute(Scheme(inner), {"a.x": 80}).value == D("80.0")
    assert compute(Scheme(scoring.strict(inner)), {"a.x": 80}).value is None


def test_a_part_without_weight_is_not_asked_for():
    node = compute(Scheme(tree(100, 0)), {"p0": 88})
    assert (node.value, node.missing) == (D("88.0"), ())


def test_several_answers_are_their_mean_and_an_absent_rater_is_not_counted():
    assert compute(Scheme(tree(100)), {"p0": (80, 90, 91)}).value == D("87.0")
    assert compute(Scheme(tree(100)), {"p0": ()}).value is None


def test_levels_become_points_also_between_two_levels():
    assert [scoring.points_of(level, scoring.LEVEL_SCORES) for level in range(1, 6)] == [45, 60, 75, 88, 98]
    assert scoring.points_of(D("3.5"), scoring.LEVEL_SCORES) == D("81.5")
    with pytest.raises(ValueError, match="level"):
        scoring.points_of(0, scoring.LEVEL_SCORES)


@pytest.mark.parametrize("points", [-1, D("100.1")])
def test_points_outside_the_scale_are_refused(points):
    with pytest.raises(ValueError, match="points"):
        compute(Scheme(tree(100)), {"p0": points})


@pytest.mark.parametrize("weights", [(20, 70), (20, 90), (0, 0), (-10, 110)])
def test_weights_that_do_not_add_up_are_refused(weights):
    with pytest.raises(BadScheme):
        scoring.check(Scheme(tree(*weights)))


def test_a_group_may_add_up_to_its_own_weight():
    group = Part("poll", weight=D(15), whole=D(15), children=tuple(Part(c, weight=D(5)) for c in "abc"))
    scoring.check(Scheme(Part("total", children=(group, Part("rest", weight=D(85))))))


@pytest.mark.parametrize("rules", [
    Rules(excellent=D(80)), Rules(passing=D(85)), Rules(quota=D(101)), Rules(level_scores=(1, 2, 2, 3, 4)),
    Rules(ties=("nothing",)),
])  # fmt: skip
def test_rules_that_contradict_themselves_are_refused(rules):
    with pytest.raises(BadScheme):
        scoring.check(Scheme(tree(100), rules))


def people(*points, attendance=D(100)):
    return [Candidate(f"m{n}", {"p0": D(str(value))}, attendance) for n, value in enumerate(points)]


def grades(candidates, rules=None, **more):
    outcomes = judge(Scheme(tree(100), rules or Rules()), candidates, **more)
    return [outcomes[one.key].grade for one in candidates]


@pytest.mark.parametrize(("points", "grade"), [
    ("95", "excellent"), ("90", "excellent"), ("89.9", "good"), ("80", "good"), ("79.9", "pass"), ("60", "pass"),
    ("59.9", "fail"), ("0", "fail"),
])  # fmt: skip
def test_the_cuts(points, grade):
    assert grades(people(points), of=10) == [grade]


@pytest.mark.parametrize(("attendance", "grade"), [(D("69.9"), "pass"), (D(70), "excellent"), (None, "excellent")])
def test_rare_attendance_keeps_from_the_upper_grades(attendance, grade):
    assert grades(people(95, attendance=attendance), of=10) == [grade]


def test_rare_attendance_does_not_lift_a_fail():
    assert grades(people(50, attendance=D(10))) == ["fail"]


def test_a_verified_veto_caps_the_grade_and_comes_last():
    rows = [Candidate("veto", {"p0": 99}, D(100), veto=True), Candidate("low", {"p0": 61}, D(100))]
    outcomes = judge(Scheme(tree(100)), rows)
    assert outcomes["veto"].grade == Grade.FAIL
    assert (outcomes["low"].rank, outcomes["veto"].rank) == (1, 2)


@pytest.mark.parametrize(("count", "places"), [(30, 6), (29, 5), (20, 4), (19, 5), (10, 3), (3, 0), (0, 0)])
def test_places_for_the_excellent(count, places):
    assert scoring.places_for_excellent(count, Rules()) == places


def test_the_quota_takes_the_best():
    assert grades(people(99, 95, 93, 92, *[70] * 6)) == ["excellent"] * 3 + ["good"] + ["pass"] * 6


def test_equals_at_the_last_place_all_stay_out():
    """Two places left over for three equals would prefer someone: none of the three takes one."""
    found = judge(Scheme(tree(100)), people(99, 95, 95, 95, *[70] * 6))
    assert [found[f"m{n}"].grade for n in range(4)] == ["excellent", "good", "good", "good"]
    assert Note.TIED in found["m1"].notes
    assert [found[f"m{n}"].rank for n in range(5)] == [1, 2, 2, 2, 5]


def test_a_tie_is_decided_by_the_parts_named_first():
    scheme = Scheme(tree(50, 50), Rules(ties=("p1",)))
    rows = [Candidate("a", {"p0": 96, "p1": 90}, D(100)), Candidate("b", {"p0": 90, "p1": 96}, D(100))]
    found = judge(scheme, rows, of=5)  # one place
    assert (found["b"].grade, found["b"].rank) == (Grade.EXCELLENT, 1)
    assert (found["a"].grade, found["a"].rank) == (Grade.GOOD, 2)


def test_places_that_are_gone_are_not_given_again():
    assert grades(people(95), of=10, taken=3) == ["good"]


def test_one_person_stands_in_a_round_once():
    with pytest.raises(ValueError, match="twice"):
        judge(Scheme(tree(100)), [*people(90), *people(80)])


# Properties

points = st.decimals(min_value=0, max_value=100, places=1)
groups = st.lists(st.integers(1, 60), min_size=1, max_size=6)


def scheme_with(weights):
    return Scheme(tree(*weights, whole=sum(weights)))


@st.composite
def rounds(draw):
    weights = draw(groups)
    rows = draw(
        st.lists(
            st.tuples(
                st.lists(st.one_of(st.none(), points), min_size=len(weights), max_size=len(weights)),
                st.one_of(st.none(), points),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    made = [
        Candidate(f"m{n}", {f"p{i}": value for i, value in enumerate(values) if value is not None}, attendance, veto)
        for n, (values, attendance, veto) in enumerate(rows)
    ]
    return scheme_with(weights), made


@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_answers_never_matters(made, chance):
    scheme, rows = made
    shuffled = [
        Candidate(one.key, dict(random.Random(1).sample(list(one.answers.items()), len(one.answers))), one.attendance, one.veto)
        for one in chance.sample(rows, len(rows))
    ]  # fmt: skip
    assert judge(scheme, rows) == judge(scheme, shuffled)


@given(rounds())
def test_the_quota_is_a_ceiling_and_places_go_from_the_top(made):
    scheme, rows = made
    found = judge(scheme, rows)
    excellent = [one for one in found.values() if one.grade == Grade.EXCELLENT]
    assert len(excellent) <= scoring.places_for_excellent(len(rows), scheme.rules)
    for one in excellent:
        for other in found.values():
            wants = other.total is not None and other.total >= 90 and Note.VETO not in other.notes
            if wants and Note.ABSENT not in other.notes and other.rank <= one.rank:
                assert other.grade == Grade.EXCELLENT


@given(rounds())
def test_equals_share_grade_and_rank(made):
    scheme, rows = made
    found = list(judge(scheme, rows).values())
    for one in found:
        for other in found:
            if one.rank is not None and one.rank == other.rank:
                assert one.total == other.total
                if {Note.ABSENT, Note.NO_ATTENDANCE}.isdisjoint({*one.notes, *other.notes}):
                    assert one.grade == other.grade


@given(rounds())
def test_only_the_wholly_unanswered_stay_open_and_every_gap_is_named(made):
    scheme, rows = made
    for one in rows:
        outcome = judge(scheme, rows)[one.key]
        assert (outcome.total is None) == (not one.answers)
        assert set(outcome.tree.missing) == {path for path, _ in scoring.leaves(scheme.root)} - set(one.answers)


@given(groups, st.data())
def test_more_points_never_make_less(weights, data):
    scheme = scheme_with(weights)
    values = data.draw(st.lists(points, min_size=len(weights), max_size=len(weights)))
    place = data.draw(st.integers(0, len(weights) - 1))
    better = [*values]
    better[place] = data.draw(st.decimals(min_value=values[place], max_value=100, places=1))
    low, high = ({f"p{i}": value for i, value in enumerate(row)} for row in (values, better))
    assert compute(scheme, high).exact >= compute(scheme, low).exact
    order = list(Grade)
    others = [Candidate(f"o{n}", {f"p{i}": 91 for i in range(len(weights))}, D(100)) for n in range(6)]
    worse, best = (judge(scheme, [*others, Candidate("me", row, D(100))])["me"] for row in (low, high))
    assert order.index(best.grade) <= order.index(worse.grade)
    assert best.rank <= worse.rank


@given(groups, st.data())
def test_a_total_lies_between_its_lowest_and_highest_part_and_its_shares_make_one(weights, data):
    values = data.draw(st.lists(st.one_of(st.none(), points), min_size=len(weights), max_size=len(weights)))
    answers = {f"p{i}": value for i, value in enumerate(values) if value is not None}
    node = compute(scheme_with(weights), answers)
    if answers:
        assert min(answers.values()) <= node.exact <= max(answers.values())
        assert sum(child.share for child in node.children) == 1
        assert sum(child.exact * child.share for child in node.children if child.exact is not None) == node.exact


@given(groups, st.integers(-30, 30).filter(bool))
def test_weights_must_make_the_whole(weights, off):
    part = tree(*weights, whole=sum(weights) + off)
    with pytest.raises(BadScheme):
        scoring.check(Scheme(part))
