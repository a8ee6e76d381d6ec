"""The panel's arithmetic, by examples from the studio's year and by properties."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.demo.reader import demo_data
from evaluations.promotions.voting import DEFERRED, NOT_PASSED, PASSED, VoteRule, WrongCount

RESULTS = {"通过": PASSED, "未通过": NOT_PASSED, "缓议": DEFERRED}
RULE = VoteRule()


@st.composite
def meetings(draw):
    """Figures of a meeting that had its quorum."""
    due = draw(st.integers(1, 40))
    present = draw(st.integers(RULE.quorum_of(due), due))
    recused = draw(st.integers(0, present))
    agree = draw(st.integers(0, present - recused))
    disagree = draw(st.integers(0, present - recused - agree))
    defer = draw(st.integers(0, present - recused - agree - disagree))
    return {
        "due": due, "present": present, "agree": agree, "disagree": disagree, "defer": defer, "recused": recused
    }  # fmt: skip


def test_nine_due_and_eight_present_needs_five():
    assert RULE.quorum_of(9) == 6
    assert RULE.outcome(9, 8, 5, 3).result == PASSED
    assert RULE.outcome(9, 8, 4, 4).result == NOT_PASSED
    assert RULE.outcome(9, 8, 5, 3).needed == 5


@pytest.mark.parametrize(("due", "quorum"), [(1, 1), (3, 2), (7, 5), (9, 6), (10, 7), (12, 8)])
def test_two_thirds_are_rounded_up(due, quorum):
    assert RULE.quorum_of(due) == quorum
    assert RULE.may_open(due, quorum)
    assert not RULE.may_open(due, quorum - 1)


def test_the_demo_s_promotion_comes_out_as_published():
    review = demo_data()["promotion_review"]
    due, present = review["committee_due"], review["committee_present"]
    found = {
        row["candidate"]: RULE.outcome(
            due, present, row["agree"], row["disagree"], row["defer"], row["recused"]
        ).result
        for row in review["votes"]
    }  # fmt: skip
    assert found == {row["candidate"]: RESULTS[row["result"]] for row in review["votes"]}
    assert (found["T01"], found["T19"], found["T24"]) == (PASSED, DEFERRED, PASSED)
    assert [name for name in found if found[name] == PASSED] == [
        row["candidate"] for row in review["votes"] if row["candidate"] in review["final"]
    ]


@pytest.mark.parametrize(
    ("base", "result"), [("due", NOT_PASSED), ("present", PASSED), ("voting", PASSED)], ids=["due", "present", "voting"]
)
def test_the_base_decides_who_counts(base, result):
    assert VoteRule(majority_base=base).outcome(9, 7, 4, 2).result == result


@pytest.mark.parametrize(
    "figures",
    [
        {"due": 9, "present": 5, "agree": 5, "disagree": 0},
        {"due": 9, "present": 10, "agree": 5, "disagree": 0},
        {"due": 9, "present": 8, "agree": 5, "disagree": 4},
        {"due": 9, "present": 8, "agree": 8, "disagree": 0, "recused": 1},
        {"due": 9, "present": 8, "agree": -1, "disagree": 4},
        {"due": 0, "present": 0, "agree": 0, "disagree": 0},
    ],
    ids=["no quorum", "crowd", "too many", "the recused voted", "less than nothing", "nobody"],
)
def test_figures_that_cannot_be_are_refused(figures):
    with pytest.raises(WrongCount):
        RULE.outcome(**figures)


@pytest.mark.parametrize("wrong", [{"majority_base": "all"}, {"quorum": Fraction(0)}, {"majority": Fraction(1)}])
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"majority_base|share"):
        VoteRule(**wrong)


@given(meetings())
def test_passing_is_more_than_half_of_those_due(meeting):
    outcome = RULE.outcome(**meeting)
    assert (outcome.result == PASSED) == (meeting["agree"] * 2 > meeting["due"])


@given(meetings())
def test_one_more_in_favour_never_harms(meeting):
    order = [NOT_PASSED, DEFERRED, PASSED]
    before = RULE.outcome(**meeting).result
    for loser in ("disagree", "defer"):
        if meeting[loser]:
            better = RULE.outcome(**meeting | {loser: meeting[loser] - 1, "agree": meeting["agree"] + 1}).result
            assert order.index(better) >= order.index(before)


@given(meetings())
def test_a_recused_member_counts_like_an_absent_one(meeting):
    """Stepping aside never lowers the line."""
    if meeting["present"] - meeting["recused"] - meeting["agree"] - meeting["disagree"] - meeting["defer"]:
        stepped = RULE.outcome(**meeting | {"recused": meeting["recused"] + 1})
        assert stepped.result == RULE.outcome(**meeting).result


@given(st.integers(1, 500), st.fractions(Fraction(1, 100), 1))
def test_the_quorum_is_the_least_whole_number_that_reaches_the_share(due, share):
    quorum = VoteRule(quorum=share).quorum_of(due)
    assert quorum >= share * due > quorum - 1


@given(st.integers(1, 200), st.integers(0, 200))
def test_taking_up_again_needs_more_than_half(due, wanting):
    assert RULE.may_reopen(due, wanting) == (wanting > due / 2)


@given(st.integers(1, 200))
def test_needed_is_more_than_half(due):
    needed = RULE.needed(due, due, due)
    assert needed == math.floor(due / 2) + 1
