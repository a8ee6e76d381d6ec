"""会诊成果 in the panel's file: what was brought to the clinic and what came of it; of sensitive cases only the number."""

import datetime
import json

import pytest

from cohorts.clinic.choices import CardState, CaseState
from evaluations.promotions.pages import dossier_rows
from evaluations.promotions.queries import dossier_of
from tests.factories.clinic import make_card, make_case


@pytest.fixture
def c(cast):
    cast.studio.demo_today = datetime.date(2019, 6, 1)
    cast.studio.save()
    cast.mentee_row.refresh_from_db()
    return cast


def present(c, number, mentee=None, **more):
    mentee = mentee or c.mentee_row
    facts = {"state": CaseState.CLOSED, "closed_by": c.officer, "number": number} | more
    if facts["state"] != CaseState.CLOSED:
        del facts["closed_by"]
    return make_case(c.cohort, mentee.secretary, mentee.secretary.user, **facts)


def test_without_any_it_is_said_that_it_is_missing(c):
    present(c, 1, c.other_mentee_row)
    file = dossier_of(c.mentee_row)
    assert "clinic" in file["missing"]
    assert "会诊成果" in dict(dossier_rows(file))["还没有的"]
    assert "会诊成果" not in dict(dossier_rows(file))


def test_closed_cases_stand_with_effect_and_lesson_and_open_ones_are_counted(c):
    case = present(c, 1)
    present(c, 2, state=CaseState.ACTING, title="还在办的事")
    rows = dict(dossier_rows(dossier_of(c.mentee_row)))
    assert rows["会诊成果"] == "提诊2件，销号1件"
    assert case.effect in rows["会诊第1号"]
    assert case.lesson.rstrip("。") in rows["会诊第1号"]
    assert "还在办的事" not in json.dumps(rows, ensure_ascii=False)


def test_of_a_sensitive_case_only_the_number_is_told(c):
    private = present(c, 1, sensitive=True, title="孩子放学没人接", effect="接回来了", lesson="先找学校")
    make_card(c.studio, c.officer, reviewer=c.lead, title="放学以后", case=private)
    file = dossier_of(c.mentee_row)
    assert dict(dossier_rows(file))["会诊成果"] == "提诊1件，销号1件，其中1件涉及隐私，不写内容"
    words = json.dumps(file, ensure_ascii=False)
    assert not any(word in words for word in (private.title, private.effect, private.lesson, "放学以后"))


def test_cards_written_by_the_mentee_or_drawn_from_their_cases(c):
    case = present(c, 1)
    make_card(c.studio, c.officer, reviewer=c.lead, title="出自会诊", case=case)
    make_card(c.studio, c.mentee, reviewer=c.lead, title="自己写的")
    make_card(c.studio, c.mentee, state=CardState.DRAFT, title="还在写")
    make_card(c.studio, c.officer, reviewer=c.lead, title="别人的")
    assert set(dict(dossier_rows(dossier_of(c.mentee_row)))["写成的案例卡"].split("、")) == {"出自会诊", "自己写的"}


def test_a_file_sealed_before_there_was_a_clinic_is_still_read(c):
    file = dossier_of(c.mentee_row)
    del file["clinic"]
    assert dossier_rows(file)


def test_three_cases_cost_what_one_costs(c, count_queries):
    present(c, 1)
    dossier_of(c.mentee_row)  # the secretary and the cohort are read once
    one = count_queries(lambda: dossier_of(c.mentee_row))
    present(c, 2)
    present(c, 3)
    assert count_queries(lambda: dossier_of(c.mentee_row)) == one
