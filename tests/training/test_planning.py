"""Days and halves of days."""

import datetime

import pytest

from cohorts.training.planning import before_new_year, halves_of, overlap, same_day_next_month


def at(hour, minute=0):
    return datetime.time(hour, minute)


@pytest.mark.parametrize(
    ("starts", "ends", "halves"),
    [
        (None, None, ["morning", "afternoon"]),
        (at(9), at(12), ["morning"]),
        (at(9), at(12, 30), ["morning"]),
        (at(12), at(12, 20), ["morning"]),
        (at(13, 30), at(16, 30), ["afternoon"]),
        (at(9), at(16), ["morning", "afternoon"]),
        (at(17), at(19), ["afternoon", "evening"]),
        (at(18, 30), at(20), ["evening"]),
        (at(18), at(18, 20), ["evening"]),
    ],
)
def test_halves(starts, ends, halves):
    assert halves_of(starts, ends) == halves


def test_overlap_touches_only_inside():
    assert overlap((at(9), at(11)), (at(10), at(12)))
    assert not overlap((at(9), at(11)), (at(11), at(12)))
    assert overlap((None, None), (at(11), at(12)))


def test_the_week_before_spring_festival():
    new_year = datetime.date(2019, 2, 5)
    assert before_new_year(new_year - datetime.timedelta(days=1))
    assert before_new_year(new_year - datetime.timedelta(days=7))
    assert not before_new_year(new_year)
    assert not before_new_year(new_year - datetime.timedelta(days=8))


def test_the_same_weekday_of_next_month():
    assert same_day_next_month(datetime.date(2018, 9, 20)) == datetime.date(2018, 10, 18)  # third Thursdays
    assert same_day_next_month(datetime.date(2018, 12, 6)) == datetime.date(2019, 1, 3)
    assert same_day_next_month(datetime.date(2019, 1, 31)) == datetime.date(2019, 2, 28)  # a fifth becomes the last
