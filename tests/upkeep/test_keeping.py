"""Which backups stay, over a hundred days of taking and thinning out."""

import datetime

import pytest

from mentorship.upkeep.backups.keeping import kept, moment_of, parse

ZONE = datetime.timezone(datetime.timedelta(hours=8))


def name_at(moment):
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%S}.000Z"


def after(days, words, *, first=datetime.datetime(2026, 1, 1, 3, 20, tzinfo=ZONE), hours=24):
    """The backups left after taking one every `hours` and thinning out each time, as moments, oldest first."""
    names = []
    for step in range(days * 24 // hours + 1):
        names.append(name_at(first + datetime.timedelta(hours=step * hours)))
        names = sorted(kept(names, parse(words), ZONE))
    return [moment_of(name).astimezone(ZONE) for name in names]


def test_seven_days_four_weeks_four_months():
    left = [moment.date() for moment in after(120, "7d,4w,4m")]  # the last one is of 1 May
    assert left[-7:] == [datetime.date(2026, 4, 25) + datetime.timedelta(days=number) for number in range(7)]
    assert datetime.date(2026, 4, 6) in left  # the first of its week, a Monday
    assert left[:3] == [datetime.date(2026, 2, 1), datetime.date(2026, 3, 1), datetime.date(2026, 4, 1)]
    assert len(left) == 13


@pytest.mark.parametrize("days", range(100, 160, 7))
def test_four_months_reach_ninety_days_back_on_any_day(days):
    left = after(days, "7d,4w,4m")
    assert (left[-1] - left[0]).days >= 89


def test_every_hour_of_today_and_one_of_each_day_before():
    left = after(10, "24h,3d", hours=1)
    assert len(left) == 24 + 2
    assert [moment.hour for moment in left[:1]] == [0]


def test_the_newest_always_stays_and_nothing_comes_of_nothing():
    names = [name_at(datetime.datetime(2026, 1, 1, hour, tzinfo=ZONE)) for hour in (3, 9, 15)]
    assert kept(names, {"d": 1}, ZONE) == {names[0], names[2]}
    assert kept([], {"d": 1}, ZONE) == set()


def test_days_are_those_of_the_wall_not_of_greenwich():
    evening, night = (datetime.datetime(2026, 1, day, hour, tzinfo=ZONE) for day, hour in ((1, 23), (2, 3)))
    assert evening.astimezone(datetime.UTC).date() == night.astimezone(datetime.UTC).date()
    assert len(kept([name_at(evening), name_at(night)], {"d": 2}, ZONE)) == 2


@pytest.mark.parametrize("words", ["", "7", "7y", "7d;4w", "d7", "0d"])
def test_words_that_are_not_understood_are_refused(words):
    with pytest.raises(ValueError):
        parse(words)
