"""The list shows what may be shown, in words and numbers; the sheet on paper keeps opinions shut."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.clinic.choices import CaseState, Level
from tests.factories.clinic import make_case, make_consult, make_opinion

from .sheet_kit import SECRET, drafted

pytestmark = pytest.mark.django_db
CASES = reverse("clinic:cases")


def text_of(response):
    return response.content.decode()


def test_the_list_says_how_it_stands_and_never_who_advised(as_, cast):
    presenter = cast.mentee_row.secretary
    asked = make_case(cast.cohort, presenter, cast.mentee, state=CaseState.CONSULTING, title="电梯")
    make_opinion(make_consult(asked, cast.mentor_row, cast.lead), text=SECRET)
    make_case(cast.cohort, presenter, cast.mentee, number=2, title="停车", urgency="urgent")
    page = text_of(as_("officer").get(CASES))
    for words in (
        "2例",
        "第1号",
        "1位大梁已开方",
        "还没有人回",
        "紧急（安全）",
        "会诊中",
        '<span class="mark mark-due">待会诊',
    ):
        assert words in page
    mine = text_of(as_("mentee").get(CASES))
    assert '<span class="mark mark-open">待会诊' in mine
    for shown in (page, mine):
        assert SECRET not in shown
        assert "沈桂芳" not in shown
    assert "提一个难题" not in text_of(as_("mentor").get(CASES))


def test_mentors_hear_from_the_list_only_after_opening_how_many_advised(as_, cast):
    case = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CONSULTING)
    make_consult(case, cast.mentor_row, cast.lead)
    make_opinion(make_consult(case, cast.other_mentor_row, cast.lead))
    assert "位大梁已开方" not in text_of(as_("mentor").get(CASES))
    assert "还没有公开" in text_of(as_("mentor").get(CASES))
    case.released_at = timezone.now()
    case.save()
    assert "1位大梁已开方" in text_of(as_("mentor").get(CASES))


def test_a_sensitive_case_is_locked_and_never_found_by_its_words(as_, cast):
    make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, title="托管班的事", sensitive=True, number=5)
    browser = as_("mentee")
    assert "涉及隐私，只有会诊的人" in text_of(browser.get(CASES))
    assert "托管班的事" in text_of(browser.get(CASES, {"q": "5"}))
    assert "托管班的事" not in text_of(browser.get(CASES, {"q": "托管"}))
    assert "托管班的事" not in text_of(as_("leader").get(CASES))


def test_filters(as_, cast):
    presenter, other = cast.mentee_row.secretary, cast.other_mentee_row.secretary
    parking = make_case(cast.cohort, presenter, cast.mentee, title="停车难", number=1, state=CaseState.CONSULTING)
    make_consult(parking, cast.mentor_row, cast.lead)
    make_case(cast.cohort, other, cast.other_mentee, title="遛狗", category="pets", number=12, urgency="pressing")
    level = {"level": Level.DISTRICT, "released_at": "2018-12-01T00:00Z"}
    make_case(
        cast.cohort,
        other,
        cast.officer,
        title="防汛",
        category="emergency",
        number=3,
        state=CaseState.ESCALATED,
        **level,
    )

    def found(who, **asked):
        return {case.title for case in as_(who).get(CASES, asked).context["page"]}

    assert found("lead", q="停车") == {"停车难"}
    assert found("lead", q="第12号") == {"遛狗"}
    assert found("lead", category=["pets", "emergency"]) == {"遛狗", "防汛"}
    assert found("lead", state="escalated") == {"防汛"}
    assert found("lead", urgency="pressing") == {"遛狗"}
    assert found("lead", street=presenter.community.subdistrict_id) == {"停车难"}
    assert found("officer", whose="mine") == {"防汛"}
    assert found("mentor", whose="asked") == {"停车难"}
    page = text_of(as_("lead").get(CASES))
    assert '停车与交通 <span class="meta">1</span>' in page
    assert "没有查到" in text_of(as_("lead").get(CASES, {"q": "没有的"}))


def test_empty_lists_say_what_to_do_next(as_, cast):
    assert "写一张会诊单" in text_of(as_("mentee").get(CASES))
    assert "都会列在这里" in text_of(as_("mentor").get(CASES))


def test_the_list_costs_the_same_for_one_and_three(as_, cast, count_queries):
    browser, presenter = as_("lead"), cast.mentee_row.secretary

    def one(number):
        case = make_case(cast.cohort, presenter, cast.mentee, number=number, state=CaseState.CONSULTING)
        make_opinion(make_consult(case, cast.mentor_row, cast.lead))
        drafted(cast, by=cast.lead, presenter=cast.other_mentee_row.secretary)

    one(1)
    browser.get(CASES)
    first = count_queries(lambda: browser.get(CASES))
    one(2)
    one(3)
    assert count_queries(lambda: browser.get(CASES)) == first


# Paper


def test_the_sheet_on_paper_keeps_opinions_shut(as_, cast):
    case = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CONSULTING)
    make_opinion(make_consult(case, cast.mentor_row, cast.lead), text=SECRET)
    paper = reverse("clinic:paper", args=[case.pk])
    for who in ("mentee", "mentor", "officer"):
        page = text_of(as_(who).get(paper))
        assert case.background in page
        assert SECRET not in page
        assert "沈桂芳" not in page.split("打印人")[0].split("提诊人")[1]
    case.released_at = "2018-12-01T00:00Z"
    case.save()
    assert SECRET in text_of(as_("mentee").get(paper))


def test_a_blank_sheet_names_every_kind_of_problem(as_, cast):
    page = text_of(as_("mentee").get(reverse("clinic:blank")))
    for words in ("停车与交通", "占消防通道", "信访与历史遗留", "紧急（安全）"):
        assert words in page


def test_whose_a_closed_case_was_is_told_to_those_near_it_only(as_, cast):
    secretary = cast.mentee_row.secretary
    case = make_case(
        cast.cohort, secretary, cast.mentee, state=CaseState.CLOSED, closed_by=cast.lead, reported_by=cast.officer
    )
    paper = reverse("clinic:paper", args=[case.pk])
    for who, told in [
        ("mentee", True),
        ("mentor", True),
        ("leader", True),
        ("other_mentee", False),
        ("other_mentor", False),
    ]:
        for address in (CASES, paper):
            page = text_of(as_(who).get(address)).partition("<main")[2].partition("print-line")[0]
            assert case.title in page
            assert (str(secretary.community) in page) == told, who
            assert (secretary.name in page) == told, who
