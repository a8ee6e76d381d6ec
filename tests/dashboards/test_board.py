import datetime

from cohorts.models import Pairing
from evaluations.dashboards.board import board_of, board_with, due_sessions, eave_of, pairs_on, planned_sessions
from tests.factories import PairingFactory
from tests.factories.practice import make_log


def first_post(cast, day):
    return board_of(cast.cohort, day).bays[0].posts[0]


def test_a_post_grows_with_each_session_logged(cast):
    day = datetime.date(2018, 9, 20)
    assert (first_post(cast, day).value_text, first_post(cast, day).pct) == ("0/24", 0)
    for number in range(6):
        make_log(cast.pairing, date=day - datetime.timedelta(days=number))
    post = first_post(cast, day)
    assert (post.value_text, post.pct, post.state) == ("6/24", 25, "way")
    assert board_of(cast.cohort, day).bays[1].posts[0].value_text == "0/24"


def test_a_board_of_an_earlier_day_counts_only_what_had_happened(cast):
    make_log(cast.pairing, date=datetime.date(2018, 9, 20))
    assert first_post(cast, datetime.date(2018, 9, 19)).value_text == "0/24"
    assert first_post(cast, datetime.date(2018, 9, 20)).value_text == "1/24"


def test_absence_and_a_voided_log_do_not_count(cast):
    day = datetime.date(2018, 9, 20)
    make_log(cast.pairing, date=day, present=False)
    make_log(cast.pairing, date=day, voided_at=datetime.datetime(2018, 9, 21, tzinfo=datetime.UTC))
    assert first_post(cast, day).value_text == "0/24"


def test_a_full_plan_stands_on_the_ground(cast):
    for number in range(25):
        make_log(cast.pairing, date=datetime.date(2018, 8, 20) + datetime.timedelta(days=number))
    post = first_post(cast, datetime.date(2018, 9, 20))
    assert (post.state, post.pct, post.value_text) == ("done", 100, "25/24")


def test_thirty_days_without_a_log_are_said_and_thirty_are_not_yet_too_many(cast):
    make_log(cast.pairing, date=datetime.date(2018, 9, 1))
    assert first_post(cast, datetime.date(2018, 10, 1)).state == "way"
    post = first_post(cast, datetime.date(2018, 10, 2))
    assert post.state == "stale"
    assert post.notes[0] == ("due", "31天", "没有记录")


def test_a_new_pair_is_not_late_on_its_first_days(cast):
    assert first_post(cast, cast.pairing.starts + datetime.timedelta(days=30)).state == "way"
    assert first_post(cast, cast.pairing.starts + datetime.timedelta(days=31)).state == "stale"


def test_the_ink_line_moves_with_the_months_that_are_over(cast):
    starts = cast.cohort.starts
    assert planned_sessions(cast.cohort.rules) == 24
    assert due_sessions(cast.cohort, starts) == 0
    assert due_sessions(cast.cohort, datetime.date(2018, 9, 14)) == 0
    assert due_sessions(cast.cohort, datetime.date(2018, 9, 15)) == 2
    assert due_sessions(cast.cohort, datetime.date(2019, 8, 15)) == 24
    assert due_sessions(cast.cohort, datetime.date(2025, 1, 1)) == 24
    assert board_of(cast.cohort, datetime.date(2019, 2, 20)).due_pct == 50


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
    with django_assert_num_queries(2):
        board_of(cast.cohort, day)
    for seat in (2, 3, 4, 5):
        PairingFactory(mentor=cast.mentor_row, seat=seat)
    with django_assert_num_queries(2):
        board_of(cast.cohort, day)


def test_one_mentors_board_shows_that_mentor_only(cast):
    day = datetime.date(2018, 9, 1)
    cast.mentor_row.standing = list(pairs_on(day).filter(mentor=cast.mentor_row))
    board = board_with(cast.cohort, day, [cast.mentor_row])
    assert [bay.mentor_name for bay in board.bays] == ["沈桂芳"]


def test_the_calendar_has_a_rafter_a_week(cast):
    eave = eave_of(cast.cohort, datetime.date(2019, 4, 18))
    assert (eave.weeks, eave.week) == (52, 36)
    assert eave_of(cast.cohort, datetime.date(2018, 8, 14)).week == 0
    assert eave_of(cast.cohort, datetime.date(2020, 1, 1)).week == 52


def test_a_substitutes_line_counts_from_their_own_first_day(cast):
    day = datetime.date(2019, 4, 18)
    late = PairingFactory(mentor=cast.mentor_row, seat=2, starts=datetime.date(2019, 3, 5)).mentee
    bay = board_of(cast.cohort, day).bays[0]
    assert {post.name: post.due_pct for post in bay.posts if post.url} == {
        "何嘉怡": 100 * 16 / 24,
        str(late): 100 * 2 / 24,
    }
    assert bay.due_pct is None
    assert board_of(cast.cohort, day).bays[1].due_pct == 100 * 16 / 24
    assert due_sessions(cast.cohort, day, datetime.date(2019, 4, 1)) == 0


def test_who_changes_the_mentor_keeps_their_first_day(cast):
    day = datetime.date(2019, 1, 29)
    Pairing.objects.filter(pk=cast.pairing.pk).update(ends=day)
    PairingFactory(mentor=cast.other_mentor_row, mentee=cast.mentee_row, starts=day, seat=2)
    bay = board_of(cast.cohort, datetime.date(2019, 2, 20)).bays[1]
    assert [post.due_pct for post in bay.posts if post.url] == [50, 50]
