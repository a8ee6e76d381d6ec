"""Scores of single pairs: parts add up, stay in bounds, and move the way people expect."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.matching.scores import MenteeFacts, MentorFacts, Weights, pair_score

SUBJECTS = ("CC", "GL", "FW", "FZ", "XT")
AREAS = ("310107001", "310107002", "310107003", "")
NEIGHBOURS = {AREAS[0]: frozenset({AREAS[1]})}

levels = st.dictionaries(st.sampled_from(SUBJECTS), st.integers(1, 5))
places = {"kind": st.sampled_from(("a", "b", "")), "subdistrict": st.sampled_from(AREAS)}
wishes = st.lists(st.integers(0, 4), unique=True, max_size=3).map(tuple)
mentees = st.builds(MenteeFacts, key=st.integers(0, 4), levels=levels, wishes=wishes, **places)
mentors = st.builds(
    MentorFacts,
    key=st.integers(0, 4),
    strengths=levels,
    wishes=wishes,
    kinds_known=st.lists(st.sampled_from(("a", "b"))).map(tuple),
    **places,
)
weights = st.builds(Weights, *[st.integers(0, 50)] * 3, st.integers(1, 50))


def part(code, mentee, mentor, weights=None):
    score = pair_score(mentee, mentor, weights or Weights(), NEIGHBOURS)
    return next(one for one in score.parts if one.code == code)


def gap(levels, strengths):
    return part("gap", MenteeFacts(1, levels), MentorFacts(1, strengths), Weights(100, 0, 0, 0))


@given(mentees, mentors, weights)
def test_parts_add_up_and_stay_in_bounds(mentee, mentor, weights):
    score = pair_score(mentee, mentor, weights, NEIGHBOURS)
    assert [one.code for one in score.parts] == ["gap", "wish", "kind", "distance"]
    assert score.points == sum(one.points for one in score.parts)
    assert all(0 <= one.points <= one.out_of for one in score.parts)
    assert sum(one.out_of for one in score.parts) == 100


@given(mentees, mentors, st.sampled_from(SUBJECTS))
def test_a_stronger_mentor_never_scores_lower(mentee, mentor, subject):
    now = mentor.strengths.get(subject, 0)
    if now < 5:
        stronger = replace(mentor, strengths={**mentor.strengths, subject: now + 1})
        before = pair_score(mentee, mentor, Weights(), NEIGHBOURS).points
        assert pair_score(mentee, stronger, Weights(), NEIGHBOURS).points >= before


def test_the_lowest_subject_weighs_most():
    mentee = {"CC": 1, "GL": 3, "FW": 4}
    assert gap(mentee, {"CC": 5, "GL": 3, "FW": 3}).points > 80
    assert gap(mentee, {"CC": 3, "GL": 5, "FW": 5}).points < 60
    assert gap(mentee, {"CC": 5, "GL": 5, "FW": 5}).points == 100
    assert gap(mentee, {"CC": 1, "GL": 3, "FW": 4}).points == 0


def test_gap_follows_the_formula():
    # CC lacks 3, is covered by 2/3: 9·2 of 27; GL lacks 2, is covered whole: 4·2 of 8.
    assert gap({"CC": 2, "GL": 3}, {"CC": 4, "GL": 5}).points == round(100 * 26 / 35)


def test_gap_names_the_subject_that_says_most():
    facts = gap({"XT": 4, "GL": 2, "CC": 2, "FW": 5}, {"CC": 5, "GL": 3}).facts
    assert (facts["subject"], facts["level"], facts["strength"]) == ("CC", 2, 5)
    assert facts["subjects"] == (("CC", 2, 5), ("GL", 2, 3), ("XT", 4, None))


def test_nothing_lacking_is_full_and_nothing_known_is_the_middle():
    assert gap({"CC": 5}, {"CC": 1}).points == 100
    unknown = gap({}, {"CC": 5})
    assert (unknown.points, unknown.facts["rated"], unknown.facts["subject"]) == (50, False, None)


@pytest.mark.parametrize(
    ("mentee_wishes", "mentor_wishes", "points"),
    [
        ((), (), 50),
        (("m",), ("e",), 100),
        (("m",), (), 75),
        ((), ("e",), 75),
        (("x", "m"), (), 67),
        (("x", "y", "m"), ("z", "w", "e"), 67),
        (("x",), (), 25),
        (("x",), ("y",), 0),
    ],
)
def test_wishes(mentee_wishes, mentor_wishes, points):
    mentee = MenteeFacts("e", wishes=mentee_wishes)
    mentor = MentorFacts("m", wishes=mentor_wishes)
    assert part("wish", mentee, mentor, Weights(0, 1, 0, 0)).points == points


def test_wish_ranks_are_told_for_each_side():
    facts = part("wish", MenteeFacts("e", wishes=("x", "m")), MentorFacts("m", wishes=("e",))).facts
    assert facts == {
        "mentee_rank": 2,
        "mentor_rank": 1,
        "mentee_wished": True,
        "mentor_wished": True,
    }


@pytest.mark.parametrize(
    ("mentee_kind", "mentor_kind", "known", "match", "points"),
    [
        ("a", "a", (), "same", 20),
        ("a", "b", ("a",), "known", 15),
        ("a", "b", (), "other", 0),
        ("", "b", (), "unknown", 10),
        ("a", "", (), "unknown", 10),
        ("a", "", ("b",), "other", 0),
    ],
)
def test_kind_of_neighbourhood(mentee_kind, mentor_kind, known, match, points):
    mentor = MentorFacts(1, kind=mentor_kind, kinds_known=known)
    found = part("kind", MenteeFacts(1, kind=mentee_kind), mentor)
    assert (found.facts["match"], found.points) == (match, points)


@pytest.mark.parametrize(
    ("here", "there", "expected", "points"),
    [
        (AREAS[0], AREAS[0], "same", 20),
        (AREAS[0], AREAS[1], "neighbour", 13),
        (AREAS[1], AREAS[0], "neighbour", 13),
        (AREAS[0], AREAS[2], "far", 0),
        (AREAS[0], "", "unknown", 10),
    ],
)
def test_distance(here, there, expected, points):
    found = part("distance", MenteeFacts(1, subdistrict=here), MentorFacts(1, subdistrict=there))
    assert (found.facts["distance_class"], found.points) == (expected, points)


def test_rounded_weights_still_make_a_hundred():
    assert Weights(1, 1, 1, 0).out_of == {"gap": 34, "wish": 33, "kind": 33, "distance": 0}


def test_impossible_values_are_refused():
    with pytest.raises(ValueError):
        Weights(0, 0, 0, 0)
    with pytest.raises(ValueError):
        Weights(-1, 2, 2, 2)
    with pytest.raises(ValueError):
        MenteeFacts(1, {"CC": 6})
    with pytest.raises(ValueError):
        MentorFacts(1, {"CC": 0})
