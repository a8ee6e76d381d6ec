"""The arithmetic of the figures, by hand and by properties."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.clinic.choices import CaseState, Category, Check, NoteKind
from cohorts.clinic.measuring import (
    MOST_MONTHS,
    Asked,
    Facts,
    Share,
    counter_of,
    duration,
    in_time,
    measured,
    months_between,
    still_open,
)
from mentorship.common.working_days import working_day_after, working_days

DAY = datetime.date(2018, 11, 1)  # a Thursday, worked
TODAY = datetime.date(2019, 4, 18)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def after(days: int, start=DAY) -> datetime.date:
    return start + datetime.timedelta(days=days)


def case(**more) -> Facts:
    facts = {
        "category": "parking",
        "state": CaseState.ACTING,
        "urgency": "normal",
        "date": DAY,
        "subdistrict": "310107005",
    }
    return Facts(**facts | more)


def figures(cases, asked=(), checks=(), today=TODAY, table=None):
    return measured(cases, asked, checks, today, table)


# Shares


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 3, 100)]
)
def test_a_share_has_no_decimals_and_one_of_nothing_is_none(part, whole, percent):
    assert Share(part, whole).percent == percent


# Days


def test_days_are_working_days_after_the_first():
    count = counter_of([(DAY, after(60))], None)
    assert count(DAY, DAY) == 0
    assert count(DAY, day("2018-11-02")) == 1
    assert count(day("2018-11-02"), day("2018-11-05")) == 1  # over a weekend
    assert count(day("2018-12-28"), day("2018-12-29")) == 1  # a Saturday worked for the New Year


def test_the_studios_own_table_goes_before_the_countrys():
    off = {day("2018-11-02"): False, day("2018-11-03"): True}
    assert counter_of([(DAY, after(5))], off)(DAY, day("2018-11-03")) == 1
    assert counter_of([(DAY, after(5))], off)(DAY, day("2018-11-02")) == 0


def test_over_a_year_that_nobody_knows_it_is_unknown_and_nothing_is_guessed():
    far = day("2098-03-03")
    spans = [(DAY, after(7)), (far, far + datetime.timedelta(days=7)), (far, far)]
    found = duration(spans, counter_of(spans, None))
    assert (found.count, found.unknown) == (2, 1)
    assert (found.middle, found.slowest) == (Decimal("2.5"), 5)
    alone = [(far, far + datetime.timedelta(days=7))]
    assert duration(alone, counter_of(alone, None)).middle is None
    assert duration([], counter_of([], None)).slowest is None


@given(st.dates(day("2018-01-01"), day("2020-12-01")), st.integers(0, 40))
def test_counting_is_the_inverse_of_promising(start, number):
    end = working_day_after(start, number)
    assert counter_of([(start, end)], None)(start, end) == number


@given(st.lists(st.tuples(st.dates(day("2018-01-01"), day("2020-01-01")), st.integers(-3, 90)), min_size=1, max_size=8))
def test_every_span_is_counted_as_if_it_stood_alone(pairs):
    spans = [(start, after(days, start)) for start, days in pairs]
    count = counter_of(spans, None)
    for start, end in spans:
        assert count(start, end) == len(working_days(after(1, start), end))


# Opinions and the end


def test_opinions_in_time_leave_out_what_is_not_due_yet():
    due = TODAY
    rows = [
        Asked(due, due), Asked(due, after(1, due)), Asked(due), Asked(after(-1, due)), Asked(after(5, due), after(-9, due)),
        Asked(None, DAY),
    ]  # fmt: skip
    assert in_time(rows, TODAY) == Share(2, 4)
    assert in_time([], TODAY) == Share(0, 0)


def test_still_open_counts_those_old_enough_on_the_day_itself():
    rows = [
        case(date=after(-30, TODAY)),  # today it is thirty days
        case(date=after(-29, TODAY)),
        case(closed_on=after(30)),
        case(closed_on=after(31)),
        case(closed_on=None, reopened=1),
    ]
    assert still_open(rows, 30, TODAY) == Share(3, 4)
    assert still_open(rows, 90, TODAY) == Share(1, 3)


# The whole


def test_months_run_without_gaps_and_only_the_last_ones_stand_apart():
    assert months_between([]) == []
    assert months_between([day("2018-11-30"), day("2019-02-01")]) == [
        day("2018-11-01"), day("2018-12-01"), day("2019-01-01"), day("2019-02-01")
    ]  # fmt: skip
    months = months_between([day("2016-01-01"), day("2019-02-01")])
    assert (len(months), months[-1]) == (MOST_MONTHS, day("2019-02-01"))


def test_categories_by_month_with_the_earlier_ones_in_one():
    rows = [case(), case(date=day("2018-12-03")), case(category="pets"), case(date=day("2016-01-01"))]
    found = figures(rows)
    assert [(strip.category, strip.total, strip.earlier) for strip in found.strips] == [
        ("parking", 3, 1),
        ("pets", 1, 0),
    ]
    assert found.strips[0].months[-2:] == [1, 1]
    assert found.has_earlier
    assert found.highest == 1


def test_a_sensitive_case_counts_but_never_in_a_subdistrict():
    found = figures([case(), case(sensitive=True, category="youth_family", subdistrict="310107014")])
    assert found.total == 2
    assert found.sensitive == 1
    assert found.by_state[CaseState.ACTING] == 2
    assert dict(found.by_subdistrict) == {"310107005": 1}


def test_levels_and_outcomes_are_of_what_was_closed_out():
    closed = {"state": CaseState.CLOSED, "closed_on": after(20), "outcome": "solved"}
    rows = [case(**closed, level="block"), case(**closed), case(level="district", outcome="eased")]
    found = figures(rows)
    assert found.closed == 2
    assert dict(found.by_level) == {"block": 1, "": 1}
    assert dict(found.by_outcome) == {"solved": 2}
    assert found.close.slowest == 14


def test_checks_passing_up_and_opening_again():
    checks = [(NoteKind.AFTER_30, Check.HOLDS), (NoteKind.AFTER_30, Check.SLIPS), (NoteKind.AFTER_90, Check.HOLDS)]
    found = figures([case(escalated=True), case(reopened=2), case()], checks=checks)
    assert found.checks[NoteKind.AFTER_30] == {Check.HOLDS: 1, Check.SLIPS: 1}
    assert (found.escalated, found.reopened) == (1, 1)


def test_of_no_case_there_is_nothing_to_say():
    found = figures([])
    assert (found.total, found.months, found.highest, found.has_earlier) == (0, [], 0, False)
    assert found.still_open[30].percent is None
    assert found.first_opinion.middle is None


FACTS = st.builds(
    Facts, category=st.sampled_from(Category.values), state=st.sampled_from(CaseState.values), urgency=st.just("normal"),
    date=st.dates(day("2017-01-01"), day("2019-04-01")), subdistrict=st.sampled_from(["a", "b", "c"]), sensitive=st.booleans(),
    closed_on=st.none() | st.dates(day("2019-04-01"), TODAY),
)  # fmt: skip


@given(st.lists(FACTS, max_size=12))
def test_every_breakdown_adds_up(rows):
    found = figures(rows)
    assert sum(strip.total for strip in found.strips) == found.total == len(rows)
    assert found.by_state.total() == found.by_urgency.total() == found.total
    assert found.by_subdistrict.total() == found.total - found.sensitive
    assert found.by_level.total() == found.closed
    assert found.still_open[90].part <= found.still_open[90].whole <= found.total
    assert [strip.total for strip in found.strips] == sorted((strip.total for strip in found.strips), reverse=True)
