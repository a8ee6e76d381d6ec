"""When sessions were logged: the months, what they count, and what the reader may know of it."""

import datetime

import pytest
from django.urls import reverse

from evaluations.logs.models import TeachingLog
from evaluations.logs.queries.calendar import MOST_MONTHS, months_of
from mentorship.common.drawings import month_strip
from tests.factories.practice import make_log

from .log_kit import TODAY, D, on_the_day

PAGE = reverse("logs:calendar")


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def months(until=TODAY):
    return months_of(TeachingLog.objects.all(), until)


def test_days_count_logs_and_the_future_is_left_out(c):
    for day in (20, 20, 25):
        make_log(c.pairing, date=D(2018, 10, day), minutes=30)
    make_log(c.pairing, date=D(2018, 12, 1), minutes=90)
    december, november, october = months()
    assert (october.days[19], october.days[24], october.logs, october.busy_days, october.hours) == (2, 1, 3, 2, 1.5)
    assert len(october.days) == 31
    assert november.logs == 0
    assert december.days == [1] + [None] * 30


def test_no_log_no_months(c):
    assert months() == []


def test_at_most_three_years(c):
    make_log(c.pairing, date=D(2010, 1, 1))
    assert len(months()) == MOST_MONTHS


def test_the_page_counts_only_what_its_reader_may_see(c, as_):
    make_log(c.pairing, date=TODAY)
    make_log(c.other_pairing, date=TODAY)
    make_log(c.pairing, date=TODAY, privacy="studio")
    totals = {name: as_(name).get(PAGE).context["count_text"] for name in ("officer", "mentor", "mentee")}
    assert totals == {"officer": "3篇", "mentor": "2篇", "mentee": "1篇"}


def test_it_takes_the_conditions_of_the_list_and_leads_back_to_the_month(c, as_):
    make_log(c.pairing, date=D(2018, 11, 5), mode="phone")
    make_log(c.other_pairing, date=D(2018, 11, 6))
    page = as_("officer").get(PAGE, {"mentor": c.mentor_row.pk})
    assert page.context["count_text"] == "1篇"
    assert f"mentor={c.mentor_row.pk}&amp;month=2018-11" in page.text


def test_the_page_costs_the_same_for_one_log_and_for_three(c, as_, count_queries):
    browser = as_("officer")
    make_log(c.pairing, date=TODAY)
    browser.get(PAGE)
    one = count_queries(lambda: browser.get(PAGE))
    for days in (10, 40):
        make_log(c.pairing, date=TODAY - datetime.timedelta(days=days))
    assert count_queries(lambda: browser.get(PAGE)) == one


def test_a_busier_day_is_drawn_bigger():
    assert month_strip([0, 1, 9, None]).count("<rect") == 3
    widths = [part.split('"')[0] for part in month_strip([0, 1, 4]).split('width="')[1:]]
    assert [float(width) for width in widths] == sorted(float(width) for width in widths)
