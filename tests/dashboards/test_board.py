import datetime

from cohorts.models import Mentor, Pairing
from evaluations.dashboards.board import board_of, eave_of, progress
from tests.factories import BaselineFactory, PairingFactory


def give_levels(mentee, levels):
    for subject, level in zip(mentee.cohort.framework.subjects.order_by("order"), levels, strict=True):
        BaselineFactory(mentee=mentee, subject=subject, level=level)


def test_progress_counts_each_subject_up_to_competent():
    assert progress([3, 1, 2, 2, 1]) == (9, 15)
    assert progress([5, 5, 5, 3, 3]) == (15, 15)
    assert progress([]) == (0, 0)


def test_a_post_is_as_long_as_its_baseline(cast):
    give_levels(cast.mentee_row, [3, 1, 2, 2, 1])
    give_levels(cast.other_mentee_row, [3, 4, 5, 3, 3])
    board = board_of(cast.cohort, datetime.date(2018, 9, 1))
    first, second = (bay.posts[0] for bay in board.bays)
    assert (first.name, first.value_text, first.state) == ("何嘉怡", "9/15", "way")
    assert first.pct == 60
    assert (second.value_text, second.state, second.pct) == ("15/15", "done", 100)


def test_without_a_baseline_there_is_no_length_and_no_nought(cast):
    post = board_of(cast.cohort, datetime.date(2018, 9, 1)).bays[0].posts[0]
    assert (post.state, post.value_text) == ("hollow", "未摸底")


def test_free_places_are_drawn_as_vacancies(cast):
    posts = board_of(cast.cohort, datetime.date(2018, 9, 1)).bays[0].posts
    assert [post.name for post in posts] == ["何嘉怡", "空缺", "空缺", "空缺", "空缺"]
    assert posts[1].url == ""


def test_the_board_shows_the_pairs_of_its_day(cast):
    day = datetime.date(2019, 1, 29)
    Pairing.objects.filter(pk=cast.pairing.pk).update(ends=day)
    PairingFactory(mentor=cast.other_mentor_row, mentee=cast.mentee_row, starts=day, seat=2)

    def names(on):
        return [[p.name for p in bay.posts if p.url] for bay in board_of(cast.cohort, on).bays]

    assert names(datetime.date(2018, 8, 14)) == [[], []]
    assert names(day - datetime.timedelta(days=1)) == [["何嘉怡"], ["钱立峰"]]
    assert names(day) == [[], ["钱立峰", "何嘉怡"]]


def test_the_board_costs_the_same_for_one_pair_and_for_five(cast, django_assert_num_queries):
    day = datetime.date(2018, 9, 1)
    with django_assert_num_queries(3):
        board_of(cast.cohort, day)
    for seat in (2, 3, 4, 5):
        PairingFactory(mentor=cast.mentor_row, seat=seat)
    with django_assert_num_queries(3):
        board_of(cast.cohort, day)


def test_one_mentors_board_shows_that_mentor_only(cast):
    board = board_of(cast.cohort, datetime.date(2018, 9, 1), Mentor.objects.filter(pk=cast.mentor_row.pk))
    assert [bay.mentor_name for bay in board.bays] == ["沈桂芳"]


def test_the_calendar_has_a_rafter_a_week(cast):
    eave = eave_of(cast.cohort, datetime.date(2019, 4, 18))
    assert (eave.weeks, eave.week) == (52, 36)
    assert eave_of(cast.cohort, datetime.date(2018, 8, 14)).week == 0
    assert eave_of(cast.cohort, datetime.date(2020, 1, 1)).week == 52
