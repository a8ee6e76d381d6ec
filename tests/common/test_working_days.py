import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.demo.reader import demo_data
from mentorship.common.working_days import (
    HolidayDataMissing,
    is_working_day,
    last_day_of,
    working_day_after,
    working_days,
)

D = datetime.date
KNOWN = st.dates(D(2018, 1, 1), D(2024, 12, 31))


def test_the_demo_s_notice_counts_five_days():
    notice = demo_data()["promotion_review"]["publicity"]
    start, end = D.fromisoformat(notice["start"]), D.fromisoformat(notice["end"])
    assert [day.isoformat() for day in working_days(start, end)] == notice["working_days"]
    assert last_day_of(start, 5) == end


def test_national_day_moves_the_days_about():
    """2019: 1 to 7 October off, 29 September and 12 October worked."""
    assert not any(is_working_day(D(2019, 10, day)) for day in range(1, 8))
    assert is_working_day(D(2019, 9, 29))
    assert is_working_day(D(2019, 10, 12))
    assert working_day_after(D(2019, 9, 30), 1) == D(2019, 10, 8)
    assert last_day_of(D(2019, 9, 28), 3) == D(2019, 10, 8)


def test_the_table_goes_before_the_library():
    typhoon = {D(2019, 8, 9): False, D(2019, 8, 10): True}
    assert working_days(D(2019, 8, 8), D(2019, 8, 11), typhoon) == [D(2019, 8, 8), D(2019, 8, 10)]
    assert last_day_of(D(2019, 8, 7), 5, {D(2019, 8, 9): False}) == D(2019, 8, 14)


def test_beyond_the_library_nothing_is_guessed():
    with pytest.raises(HolidayDataMissing) as caught:
        last_day_of(D(2090, 1, 4), 5)
    assert caught.value.day == D(2090, 1, 4)
    table = {D(2090, 1, 4) + datetime.timedelta(days=n): n not in {3, 4} for n in range(7)}
    assert last_day_of(D(2090, 1, 4), 5, table) == D(2090, 1, 10)


def test_before_the_library_too():
    with pytest.raises(HolidayDataMissing):
        is_working_day(D(1999, 1, 4))


def test_nothing_is_counted_backwards():
    assert working_days(D(2019, 8, 13), D(2019, 8, 7)) == []
    with pytest.raises(ValueError, match="forward"):
        working_day_after(D(2019, 8, 7), -1)


def test_a_table_without_working_days_ends():
    table = {D(2019, 1, 1) + datetime.timedelta(days=n): False for n in range(2000)}
    with pytest.raises(ValueError, match="far"):
        working_day_after(D(2019, 1, 1), 1, table)


@given(KNOWN, st.integers(1, 30))
def test_counting_and_listing_agree(start, number):
    end = last_day_of(start, number)
    days = working_days(start, end)
    assert len(days) == number
    assert days[-1] == end


@given(KNOWN, st.integers(0, 15), st.integers(0, 15))
def test_waiting_in_two_parts_is_waiting_once(day, first, second):
    assert working_day_after(working_day_after(day, first), second) == working_day_after(day, first + second)
