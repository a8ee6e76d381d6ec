"""What leaves the house as a table: no sensitive case, no draft, no opinion before its time, no formula."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.clinic.choices import CaseState, Category
from cohorts.clinic.models import Case
from mentorship.audit.models import Entry
from tests.factories.clinic import make_case, make_consult, make_invitation, make_opinion, make_step

URL = "clinic:export"


def filed(cast, number, **more):
    return make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, number=number, **more)


def table(browser, **asked) -> list[dict]:
    response = browser.get(reverse(URL), asked)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    heading, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_a_row_holds_the_sheet_and_its_opinions(cast, as_):
    case = filed(
        cast, 1, state=CaseState.CLOSED, closed_by=cast.officer, sub_category="spaces", households=340,
        measure="月均投诉（件）", figure_before=14, figure_after=3,
    )  # fmt: skip
    make_opinion(make_consult(case, cast.mentor_row, cast.officer), text="先数后谈")
    make_opinion(make_consult(case, cast.other_mentor_row, cast.officer), text="先清通道")
    make_step(case)
    (row,) = table(as_("leader"))
    assert (row["编号"], row["提诊人"], row["类别"], row["小类"], row["状态"]) == (
        1,
        "何嘉怡",
        "停车与交通",
        "车位不足",
        "已销号",
    )
    assert row["会诊意见"].splitlines() == ["沈桂芳：先数后谈", "郑国平：先清通道"]
    assert row["处置方案"].startswith("1. 一周夜间清点并公布（业委会，2018-11-16，还没办好）")
    assert (row["涉及户数"], row["提诊时"], row["办结时"], row["结果"]) == (340, 14, 3, "解决了")
    assert row["一条经验"].startswith("没有数字的会不要开")


def test_before_they_are_open_no_opinion_leaves_the_house(cast, as_):
    case = filed(cast, 1, state=CaseState.CONSULTING)
    make_opinion(make_consult(case, cast.mentor_row, cast.officer), text="先数后谈")
    (row,) = table(as_("lead"))
    assert row["会诊意见"] is None
    assert row["会诊人"] == "沈桂芳"


def test_what_an_invited_guest_wrote_stands_with_the_others(cast, as_):
    case = filed(cast, 1, state=CaseState.ACTING)
    opinion = make_opinion(make_consult(case, cast.mentor_row, cast.officer))
    type(opinion).objects.filter(pk=opinion.pk).update(consult=None, invitation=make_invitation(case, cast.officer))
    (row,) = table(as_("lead"))
    assert row["会诊意见"] == "法律顾问：先数后谈，分时段数一周"


def test_sensitive_cases_and_drafts_stay_with_everyone(cast, as_):
    filed(cast, 1)
    filed(cast, 2, sensitive=True, title="小雨的事")
    filed(cast, None, state=CaseState.DRAFT, title="还没写完")
    make_case(cast.other_cohort, cast.foreign_mentee_row.secretary, cast.stranger, number=3)
    for who in ("lead", "officer", "leader"):
        assert [row["编号"] for row in table(as_(who))] == [1]


def test_a_draft_of_ones_own_stays_too(cast, as_):
    make_case(cast.cohort, cast.mentee_row.secretary, cast.officer, number=None, state=CaseState.DRAFT)
    assert table(as_("officer")) == []


def test_no_cell_runs_as_a_formula(cast, as_):
    filed(cast, 1, title="=HYPERLINK(1)", stuck_at="＝1+1", background="@SUM(A1)")
    (row,) = table(as_("lead"))
    assert (row["一句话题目"], row["卡在哪里"], row["基本情况"]) == ("'=HYPERLINK(1)", "'＝1+1", "'@SUM(A1)")


def test_a_filter_chooses_the_rows_and_the_trail_says_how_many(cast, as_):
    filed(cast, 1)
    filed(cast, 2, category=Category.PETS, state=CaseState.ACTING)
    browser = as_("officer")
    assert [row["编号"] for row in table(browser, category=Category.PETS)] == [2]
    assert [row["编号"] for row in table(browser, state=CaseState.WAITING)] == [1]
    assert [row["编号"] for row in table(browser, until="2018-10-31")] == []
    entries = Entry.objects.filter(verb="cases.exported").order_by("sequence")
    assert [entry.after["rows"] for entry in entries] == [1, 1, 0]


@pytest.mark.parametrize(
    "asked",
    [
        {"category": "flood"},
        {"state": "new"},
        {"street": "310107999"},
        {"since": "neulich"},
        {"cohort": "7"},
        {"cohort": str(uuid.uuid4())},
    ],
)
def test_a_filter_that_can_not_be_read_takes_nothing_out(cast, as_, asked):
    filed(cast, 1)
    response = as_("officer").get(reverse(URL), asked)
    assert response.status_code == 302
    assert not Entry.objects.filter(verb="cases.exported").exists()


def test_it_costs_the_same_for_one_row_and_for_three(cast, as_, count_queries):
    def more(number):
        case = filed(cast, number, state=CaseState.ACTING)
        make_opinion(make_consult(case, cast.mentor_row, cast.officer))
        make_step(case, cast.mentee_row.secretary)

    browser = as_("officer")
    more(1)
    table(browser)
    one = count_queries(lambda: table(browser))
    more(2)
    more(3)
    assert count_queries(lambda: table(browser)) == one
    assert Case.objects.count() == 3


def test_days_are_written_so_that_they_sort(cast, as_):
    filed(cast, 1, date=datetime.date(2019, 3, 5))
    assert table(as_("lead"))[0]["提交日期"] == "2019-03-05"
