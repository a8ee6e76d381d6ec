"""Paper to write on, and the week's account to the officer."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from evaluations.logs.actions.digest import send_digest, send_digests
from evaluations.logs.models import LogDigest
from evaluations.logs.queries.digest import digest_of, monday_of
from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of
from tests.factories.practice import make_log

from .log_kit import D, on_the_day

MORNING = "2026-11-23T09:00+08:00"
MONDAY = D(2018, 11, 26)  # of the week in which the cast's "today" lies


@pytest.fixture
def c(cast):
    return on_the_day(cast)


@pytest.fixture
def by_day():
    with time_machine.travel(MORNING, tick=False):
        yield


def test_the_sheet_names_the_apprentices_and_carries_the_code(c, as_):
    page = as_("mentor").get(reverse("logs:blank"))
    assert str(c.mentee_row) in page.text
    assert str(c.other_mentee_row) not in page.text
    assert 'class="qr"' in page.text


def test_the_sheet_of_a_group_session_has_the_whole_cohort(c, as_):
    page = as_("officer").get(reverse("logs:blank_for", args=[c.mentor_row.pk]), {"kind": "session"})
    assert str(c.other_mentee_row) in page.text


def test_the_digest_counts_the_week_before_monday(c):
    make_log(c.pairing, date=MONDAY - datetime.timedelta(days=7), minutes=90)
    make_log(c.pairing, date=MONDAY - datetime.timedelta(days=1), minutes=30, important=True)
    make_log(c.pairing, date=MONDAY - datetime.timedelta(days=8), confirmed_at=None)
    make_log(c.pairing, date=MONDAY)
    digest = digest_of(c.cohort, MONDAY)
    assert (digest.logs, digest.hours, digest.to_confirm, digest.important) == (2, 2.0, 1, 1)
    assert digest.quiet == [["郑国平", "钱立峰"]]


def test_a_voided_log_is_not_counted(c):
    make_log(c.pairing, date=MONDAY - datetime.timedelta(days=1), voided_at="2018-11-26T00:00Z", void_reason="重了")
    assert digest_of(c.cohort, MONDAY).logs == 0


def test_it_goes_to_the_officers_once_a_week(c, by_day):
    assert send_digest(cohort=c.cohort).week == MONDAY
    assert send_digest(cohort=c.cohort) is None
    assert {receipt.recipient for receipt in Receipt.objects.all()} == {c.lead, c.officer}
    c.studio.demo_today = MONDAY + datetime.timedelta(days=7)
    c.studio.save()
    assert [digest.week for digest in send_digests() if digest.cohort == c.cohort] == [c.studio.demo_today]


@pytest.mark.parametrize("logged", [True, False])
def test_its_words_name_only_those_with_nothing_logged(c, by_day, logged):
    if logged:
        for pairing in (c.pairing, c.other_pairing):
            make_log(pairing, date=MONDAY - datetime.timedelta(days=2))
    words = words_of(send_digest(cohort=c.cohort).notice, "zh-hans").text
    assert ("大家都有记录" in words) is logged
    assert ("郑国平：钱立峰" in words) is not logged


def test_nothing_leaves_at_night(c):
    with time_machine.travel("2026-11-23T20:00+08:00", tick=False), pytest.raises(CommandError, match="7:30"):
        call_command("weekly_digest")
    assert not LogDigest.objects.exists()


def test_the_command_says_how_many(c, by_day, capsys):
    call_command("weekly_digest")
    assert f"发了 {LogDigest.objects.count()} 份" in capsys.readouterr().out
    assert LogDigest.objects.filter(cohort=c.cohort).exists()


def test_monday():
    assert monday_of(D(2018, 12, 1)) == MONDAY
    assert monday_of(MONDAY) == MONDAY
