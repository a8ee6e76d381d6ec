"""上次说到哪了: one card before a visit, on its own page and over the form of a log; as much as the reader may see."""

import datetime

import pytest
from django.urls import reverse

from tests.factories.practice import make_homework, make_log
from tests.factories.visits import make_finding, make_visit

from .log_kit import on_the_day

D = datetime.date
PRIVATE = "家里的事不外传"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


@pytest.fixture
def work(c):
    return make_homework(c.mentee_row, due=D(2018, 12, 10))


def test_the_card_before_a_visit(c, as_, work):
    page = reverse("logs:where", args=[c.mentee_row.pk])
    assert "没交的作业" in as_("mentor").get(page).text
    make_log(c.pairing, date=D(2018, 11, 1), advice="先敲门")
    make_log(c.pairing, date=D(2018, 11, 20), title="走楼", advice="", next_date=D(2018, 12, 4))
    make_log(c.pairing, date=D(2018, 11, 28), title=PRIVATE, advice=PRIVATE, privacy="studio")
    shown = as_("mentee").get(page).text
    for words in ("走楼", "先敲门", "一图三表", "12月4日"):
        assert words in shown
    assert PRIVATE not in shown
    assert PRIVATE in as_("mentor").get(page).text
    assert "现在没有要整改的" in shown
    make_finding(make_visit(c.mentee_row, c.lead), due=D(2018, 12, 11))
    for reader in ("mentor", "mentee", "officer"):
        found = as_(reader).get(page).text
        assert "预案两年未更新" in found
        assert "12月11日前" in found
    assert as_("other_mentor").get(page).status_code == 404
    assert as_("liaison").get(page).status_code == 403


def test_the_card_costs_the_same_for_three_as_for_one(c, as_, count_queries, work):
    page, browser = reverse("logs:where", args=[c.mentee_row.pk]), as_("mentor")
    make_log(c.pairing)
    browser.get(page)
    one = count_queries(lambda: browser.get(page))
    make_log(c.pairing)
    make_log(c.pairing)
    make_homework(c.mentee_row)
    assert count_queries(lambda: browser.get(page)) == one


def test_the_card_stands_over_the_form_of_a_log(c, as_):
    make_log(c.pairing, advice="先敲门")
    page, heading = reverse("logs:write"), "和何嘉怡，上次说到哪了"
    chosen = as_("mentor").get(page, {"mentee": c.mentee_row.pk}).text
    assert heading in chosen
    assert "先敲门" in chosen
    assert "checked" in chosen.partition("带了谁")[2].partition("怎么带的")[0]
    assert heading not in as_("mentor").get(page).text
    assert "上次说到哪了" not in as_("mentor").get(page, {"mentee": c.other_mentee_row.pk}).text
    assert as_("mentor").get(page, {"mentee": "nobody"}).status_code == 200


def test_an_officer_who_logs_for_the_mentor_sees_the_card_too(c, as_):
    make_log(c.pairing, advice="先敲门")
    page = reverse("logs:write_for", args=[c.mentor_row.pk])
    assert "先敲门" in as_("officer").get(page, {"mentee": c.mentee_row.pk}).text
    assert "上次说到哪了" not in as_("officer").get(page, {"mentee": c.other_mentee_row.pk}).text
