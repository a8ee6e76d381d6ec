"""The page on which experience is looked up."""

import datetime

import pytest

from cohorts.clinic.choices import CaseState, UseKind
from cohorts.clinic.models import CardUse, CaseHelp
from cohorts.clinic.searching.keeping import keep_card, keep_case
from cohorts.clinic.views import library
from tests.factories.clinic import make_card, make_case

URL = "/clinic/library/"
DAY = datetime.date(2018, 11, 1)


def close(cast, title, number=1, **more):
    case = make_case(
        cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CLOSED, closed_by=cast.lead, title=title,
        number=number, date=DAY + datetime.timedelta(days=number), **more,
    )  # fmt: skip
    keep_case(case)
    return case


@pytest.fixture
def card(cast):
    made = make_card(cast.studio, cast.officer, reviewer=cast.lead)
    keep_card(made)
    return made


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_found_is_marked(cast, as_):
    case = close(cast, "车夜里停到哪里去")
    page = text(as_("mentee").get(URL, {"q": "夜里 消防通道"}))
    assert f'<a href="/clinic/{case.pk}/">车<mark>夜里</mark>停到哪里去</a>' in page
    assert "<mark>消防通道夜里</mark>有车占停" in page
    assert "1条结果" in page
    assert 'value="夜里 消防通道"' in page


def test_nothing_of_a_text_becomes_markup(cast, as_):
    close(cast, "<b>停车</b>", lesson="<script>停车</script>")
    page = text(as_("mentee").get(URL, {"q": '停车"><script>'}))
    assert "&lt;b&gt;<mark>停车</mark>&lt;/b&gt;" in page
    assert "<b>" not in page.split('<main id="main"')[1].split("lib-hits")[1].split("</h3>")[0].replace("<b>停", "")
    assert "<script>停车" not in page
    assert '"><script>' not in page


def test_how_many_it_helped(cast, as_, card):
    case = close(cast, "夜间停车")
    CardUse.objects.create(studio=cast.studio, card=card, kind=UseKind.HELPED, by=cast.mentee)
    CardUse.objects.create(studio=cast.studio, card=card, kind=UseKind.ANSWERED, by=cast.lead)
    CaseHelp.objects.create(studio=cast.studio, case=case, by=cast.mentee)
    page = text(as_("other_mentee").get(URL, {"q": "夜间停车"}))
    assert "2人说有用" in page
    assert "1人说有用" in page


def test_filters_narrow(cast, as_):
    close(cast, "停车难")
    close(cast, "电梯停了", number=2, category="elevator")
    page = text(as_("mentee").get(URL, {"category": "elevator"}))
    assert "电梯停了" in page
    assert "停车难" not in page
    assert '<option value="elevator" selected>' in page


def test_a_choice_that_nobody_offers_is_left_out(cast, as_):
    close(cast, "停车难")
    page = text(as_("mentee").get(URL, {"q": "停车", "kind": "xyz", "outcome": "better"}))
    assert "停<mark>车" not in page
    assert "<mark>停车</mark>难" in page


def test_before_a_search_what_helped_most_and_what_is_newest(cast, as_, card):
    helpful, _plain = close(cast, "帮过人的"), close(cast, "没帮过人的", number=2)
    open_case = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, number=3, title="还没办完的")
    keep_case(open_case)
    CaseHelp.objects.create(studio=cast.studio, case=helpful, by=cast.mentee)
    response = as_("officer").get(URL)
    assert [hit.title for hit, _ in response.context["useful"]] == ["帮过人的"]
    assert {hit.title for hit, _ in response.context["newest"]} == {"帮过人的", "没帮过人的", card.title}
    assert "?category=parking" in text(response)


def test_what_helped_and_may_no_longer_be_read_is_not_shown(cast, as_):
    case = close(cast, "帮过人的")
    CaseHelp.objects.create(studio=cast.studio, case=case, by=cast.mentee)
    type(case).objects.filter(pk=case.pk).update(sensitive=True)
    assert "帮过人的" not in text(as_("lead").get(URL))
    assert "帮过人的" not in text(as_("lead").get(URL, {"q": "帮过"}))


def test_an_empty_library_says_how_it_fills(cast, as_):
    assert "会诊单销了号" in text(as_("mentor").get(URL))


@pytest.mark.parametrize(
    ("who", "offered"), [("mentee", True), ("officer", True), ("mentor", False), ("leader", False)]
)
def test_nothing_found_says_what_to_try(cast, as_, who, offered):
    page = text(as_(who).get(URL, {"q": "绿萝"}))
    assert "写短一点" in page
    assert ('href="/clinic/new/"' in page) is offered


def test_pages(cast, as_, monkeypatch):
    monkeypatch.setattr(library, "PER_PAGE", 2)
    for number in (1, 2, 3):
        close(cast, f"停车难{number}", number=number)
    first = text(as_("mentee").get(URL, {"q": "停车"}))
    assert "3条结果" in first
    assert "停车</mark>难1" not in first
    assert "?q=%E5%81%9C%E8%BD%A6&amp;page=2" in first
    assert "停车</mark>难1" in text(as_("mentee").get(URL, {"q": "停车", "page": "2"}))


def test_in_english(cast, as_):
    close(cast, "车夜里停到哪里去")
    browser = as_("mentee")
    page = text(browser.get(URL, {"q": "parking"}, headers={"accept-language": "en"}))
    assert "车夜里停到哪里去" in page


@pytest.mark.parametrize("asked", [{}, {"q": "停车"}, {"q": "底楼停车不让停怎么办", "kind": "case"}])
def test_the_page_costs_the_same_for_one_and_for_three(cast, as_, count_queries, monkeypatch, card, asked):
    monkeypatch.setattr(library, "AT_FIRST", 20)  # so that the card stays among the first
    close(cast, "停车一")
    CaseHelp.objects.create(studio=cast.studio, case=close(cast, "停车二", number=2), by=cast.mentee)
    browser = as_("mentee")

    def visit():
        assert browser.get(URL, asked).status_code == 200

    visit()
    once = count_queries(visit)
    for number in (3, 4, 5):
        CaseHelp.objects.create(studio=cast.studio, case=close(cast, f"停车{number}", number=number), by=cast.lead)
    assert count_queries(visit) == once
