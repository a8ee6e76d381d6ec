"""Who has nothing logged, and the one reminder that follows."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from evaluations.logs.actions.rhythm import remind_mentor
from evaluations.logs.models import LogReminder
from evaluations.logs.queries.rhythm import quiet_mentors
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories import PairingFactory
from tests.factories.practice import make_log

from .log_kit import TODAY, on_the_day

MORNING = "2026-11-23T09:00+08:00"


@pytest.fixture
def c(cast):
    """The first mentor logged ten days ago; the other's pair has had nothing since August."""
    make_log(cast.pairing, date=TODAY - datetime.timedelta(days=10))
    return on_the_day(cast)


@pytest.fixture(autouse=True)
def by_day():
    with time_machine.travel(MORNING, tick=False):
        yield


def names(cohort):
    return [(str(row.mentor), [str(pairing.mentee) for pairing in row.pairs]) for row in quiet_mentors(cohort, TODAY)]


def test_only_those_with_nothing_logged_are_named(c):
    assert names(c.cohort) == [("郑国平", ["钱立峰"])]
    make_log(c.other_pairing, date=TODAY - datetime.timedelta(days=30))
    assert names(c.cohort) == []


def test_an_absence_is_not_a_session(c):
    make_log(c.other_pairing, date=TODAY, present=False)
    assert names(c.cohort) == [("郑国平", ["钱立峰"])]


def test_a_reminder_asks_for_an_acknowledgement_and_goes_to_that_mentor_only(c):
    remind_mentor(by=c.officer, mentor=c.other_mentor_row)
    receipt = Receipt.objects.get(notice__kind="log_missing")
    assert receipt.recipient == c.other_mentor
    assert receipt.notice.needs_acknowledgement


def test_once_a_month(c):
    remind_mentor(by=c.officer, mentor=c.other_mentor_row)
    with pytest.raises(Refused, match="已经提醒过"):
        remind_mentor(by=c.lead, mentor=c.other_mentor_row)
    assert LogReminder.objects.count() == 1


def test_who_is_on_track_is_left_in_peace(c):
    with pytest.raises(Refused, match="不用提醒"):
        remind_mentor(by=c.officer, mentor=c.mentor_row)


@pytest.mark.parametrize("hour", ["2026-11-23T20:00+08:00", "2026-11-23T07:29+08:00", "2026-11-23T00:30+08:00"])
def test_nobody_is_reminded_at_night(c, hour):
    with time_machine.travel(hour, tick=False), pytest.raises(Refused, match="现在晚了"):
        remind_mentor(by=c.officer, mentor=c.other_mentor_row)
    assert not LogReminder.objects.exists()


def test_the_page_offers_the_button_once_and_not_to_the_leader(c, as_):
    page, button = reverse("logs:rhythm", args=[c.cohort.pk]), reverse("logs:remind", args=[c.other_mentor_row.pk])
    assert button in as_("officer").get(page).text
    assert button not in as_("leader").get(page).text
    assert "提醒发给郑国平了" in as_("officer").post(button, follow=True).text
    assert "这个月提醒过了" in as_("officer").get(page).text
    assert button not in as_("officer").get(page).text


def test_the_page_costs_the_same_for_one_pair_and_for_three(c, as_, count_queries):
    browser = as_("officer")
    page = reverse("logs:rhythm", args=[c.cohort.pk])
    browser.get(page)
    one = count_queries(lambda: browser.get(page))
    for seat in (2, 3):
        PairingFactory(mentor=c.other_mentor_row, seat=seat)
    assert count_queries(lambda: browser.get(page)) == one


def test_a_cohort_that_agreed_on_two_a_month_is_asked_sooner(c):
    make_log(c.other_pairing, date=TODAY - datetime.timedelta(days=16))
    assert names(c.cohort) == []
    c.cohort.rules.coaching_per_month = 2
    assert names(c.cohort) == [("郑国平", ["钱立峰"])]
