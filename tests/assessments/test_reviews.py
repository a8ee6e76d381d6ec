"""Requests for review, and schemes with their versions and replay."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from evaluations.assessments import actions
from evaluations.assessments.choices import ReviewState
from evaluations.assessments.models import ReviewRequest
from evaluations.assessments.queries import replay
from mentorship.common.errors import Refused

from .kit import TODAY, D, opened, released, set_day, sheet_of, started, talked

pytestmark = pytest.mark.django_db


def refused(words, act, **facts):
    with pytest.raises(Refused, match=words):
        act(**facts)


def ask(cast, round_, ground="十月那次我到了，签在纸上"):
    mentee = cast.other_mentee_row
    filed = actions.file_review(by=cast.other_mentee, sheet=sheet_of(cast, round_, mentee), ground=ground)
    return ReviewRequest.objects.for_lists().select_related("sheet__studio", "sheet__round__scheme").get(pk=filed.pk)


def test_a_review_puts_one_part_right_and_nobody_else_moves(cast):
    round_ = talked(cast)
    other = sheet_of(cast, round_)
    review = ask(cast, round_)
    assert review.answer_by == D(2019, 2, 1)  # ten working days
    actions.decide_review(
        by=cast.lead, review=review, upheld=True, finding="纸质签到上有", path="process.attendance", points=Decimal(100)
    )
    assert (review.part_before, review.part_after) == (Decimal("75.0"), Decimal(100))
    assert review.total_after == review.total_before + Decimal("2.5")
    sheet = sheet_of(cast, round_, cast.other_mentee_row)
    assert (sheet.total, sheet.rank) == (review.total_after, 2)
    after = sheet_of(cast, round_)
    assert (other.total, other.grade, other.rank) == (after.total, after.grade, after.rank)
    refused("已经决定", actions.decide_review, by=cast.lead, review=review, upheld=False, finding="再来")


def test_a_review_that_does_not_hold_keeps_the_result(cast):
    round_ = talked(cast)
    review = ask(cast, round_)
    actions.decide_review(by=cast.lead, review=review, upheld=False, finding="当天不在")
    assert (review.state, review.total_after) == (ReviewState.REJECTED, review.total_before)


@pytest.mark.parametrize("who", ["officer", "officer_2", "other_mentor", "other_mentee"])
def test_who_rated_summed_or_asked_does_not_decide(cast, who):
    review = ask(cast, talked(cast))
    with pytest.raises(Refused):
        actions.decide_review(by=getattr(cast, who), review=review, upheld=False, finding="不成立")
    review.refresh_from_db()
    assert review.state == ReviewState.FILED


def test_a_review_has_its_clock(cast):
    round_ = released(cast)
    sheet = sheet_of(cast, round_)
    refused("先谈话", actions.file_review, by=cast.mentee, sheet=sheet, ground="x")
    actions.record_feedback(by=cast.mentor, sheet=sheet, talked_on=TODAY, talked_by="沈")  # a Friday
    with pytest.raises(PermissionDenied):
        actions.file_review(by=cast.other_mentee, sheet=sheet, ground="x")
    set_day(cast, D(2019, 1, 26))  # five working days end on Friday the 25th
    refused("到2019-01-25为止", actions.file_review, by=cast.mentee, sheet=sheet_of(cast, round_), ground="x")
    set_day(cast, D(2019, 1, 25))
    actions.file_review(by=cast.mentee, sheet=sheet_of(cast, round_), ground="x")
    refused("已经申请过", actions.file_review, by=cast.mentee, sheet=sheet_of(cast, round_), ground="y")


@pytest.mark.parametrize(("path", "points"), [("", 90), ("competency.PB.mentor", 90), ("nothing", 90), ("process.logs", None),
                                              ("process.logs", 101)])  # fmt: skip
def test_only_a_part_in_points_can_be_corrected(cast, path, points):
    review = ask(cast, talked(cast))
    with pytest.raises(Refused):
        actions.decide_review(
            by=cast.lead, review=review, upheld=True, finding="查过", path=path, points=points and Decimal(points)
        )


# Schemes


def test_a_used_scheme_stays_and_a_change_makes_the_next_version(cast):
    round_ = opened(cast)
    scheme = round_.scheme
    made = actions.change_scheme(
        by=cast.officer, scheme=scheme, version=scheme.version, weights=scheme.weights, cut_good=85, note="抬一抬"
    )
    assert (made.number, made.pk != scheme.pk) == (2, True)
    scheme.refresh_from_db()
    assert scheme.cut_good == 80


def test_an_unused_scheme_is_changed_in_place_and_two_editors_do_not_overwrite(cast):
    scheme = actions.first_scheme(by=cast.officer, cohort=cast.cohort)
    actions.change_scheme(by=cast.officer, scheme=scheme, version=1, weights=scheme.weights, quota=25)
    assert (scheme.number, scheme.version, scheme.quota) == (1, 2, 25)
    with pytest.raises(actions.Stale):
        actions.change_scheme(by=cast.lead, scheme=scheme, version=1, weights=scheme.weights)


@pytest.mark.parametrize(("change", "words"), [
    ({"process": "25"}, "总分"), ({"competency.PB": "21"}, "应知必会"), ({"appraisal.mentor": "6"}, "民主测评"),
    ({"process.logs": "-1"}, "过程表现"), ({"process": "许多"}, "数字"),
])  # fmt: skip
def test_weights_must_add_up(cast, change, words):
    scheme = actions.first_scheme(by=cast.officer, cohort=cast.cohort)
    refused(words, actions.change_scheme, by=cast.officer, scheme=scheme, version=1, weights=scheme.weights | change)


def test_replay_tells_who_would_change_grade(cast):
    round_ = released(cast)
    scheme = round_.scheme
    same = replay(round_, scheme)
    assert same.changed == []
    stricter = actions.change_scheme(by=cast.lead, scheme=scheme, version=1, weights=scheme.weights, cut_good=88)
    found = replay(round_, stricter)
    assert [(row.sheet.mentee, row.before.grade, row.after.grade) for row in found.changed] == [
        (cast.other_mentee_row, "good", "pass")
    ]
    assert sheet_of(cast, round_, cast.other_mentee_row).grade == "good"  # a replay changes nothing


def test_a_replay_begins_from_what_reviews_put_right(cast):
    round_ = talked(cast)
    review = ask(cast, round_)
    actions.decide_review(
        by=cast.lead, review=review, upheld=True, finding="签到上有", path="process.attendance", points=Decimal(100)
    )
    found = replay(round_, round_.scheme)
    totals = {row.sheet.mentee: row.before.total for row in found.rows}
    assert totals[cast.other_mentee_row] == review.total_after
    assert found.changed == []


def test_one_open_round_of_a_kind(cast):
    round_ = started(cast)
    refused("正在进行", actions.make_round, by=cast.officer, cohort=round_.cohort, kind="half_year",
            starts=D(2018, 9, 1), ends=D(2019, 1, 1), due=D(2019, 1, 2))  # fmt: skip
