import datetime

import pytest

from mentorship.common.dates import add_months, full_years, in_chinese, lunar_line, month_of, years_before


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        ("1991-03-01", "2018-02-28", 26),
        ("1991-03-01", "2018-03-01", 27),
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2020-01-01", "2018-01-01", 0),
    ],
)
def test_whole_years(since, on, years):
    assert full_years(day(since), day(on)) == years


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [("2018-08-15", 45, "1973-08-15"), ("2020-02-29", 1, "2019-02-28"), ("2020-02-29", 4, "2016-02-29")],
)
def test_years_before(start, years, end):
    assert years_before(day(start), years) == day(end)


def test_age_and_its_bound_agree_on_every_day_of_four_years():
    """Who was born by `years_before(today, n)` is n, and nobody born later."""
    today = day("2020-02-29")
    for _ in range(4 * 365):
        bound = years_before(today, 45)
        assert full_years(bound, today) == 45
        assert full_years(bound + datetime.timedelta(days=2), today) == 44
        today += datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2018-08-15", 12, "2019-08-15"),
        ("2018-10-31", 1, "2018-11-30"),
        ("2018-11-30", 1, "2018-12-30"),
        ("2018-12-31", 2, "2019-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2018-01-31", -1, "2017-12-31"),
        ("2018-03-31", -1, "2018-02-28"),
    ],
)
def test_months_later(start, months, end):
    assert add_months(day(start), months) == day(end)


def test_the_first_of_the_month():
    assert month_of(day("2018-08-31")) == day("2018-08-01")


@pytest.mark.parametrize(
    ("on", "solar", "lunar"),
    [
        ("2018-08-15", "二〇一八年八月十五日", "农历戊戌年七月初五"),
        ("2019-02-05", "二〇一九年二月五日", "农历己亥年正月初一"),
        ("2020-05-25", "二〇二〇年五月二十五日", "农历庚子年闰四月初三"),
        ("2018-10-31", "二〇一八年十月三十一日", "农历戊戌年九月廿三"),
        ("2101-05-01", "二一〇一年五月一日", ""),
    ],
)
def test_a_date_reads_as_on_a_letter(on, solar, lunar):
    assert in_chinese(day(on)) == solar
    assert lunar_line(day(on)) == lunar
