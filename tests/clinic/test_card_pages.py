"""The pages of the case cards."""

import pytest
from django.urls import reverse

from cohorts.clinic.choices import CardState, CaseState, Category, UseKind
from cohorts.clinic.models import CardUse, CaseCard
from mentorship.framework.models import Indicator
from tests.factories.clinic import make_card
from tests.factories.training import DAY, make_session

from .acts import case_of, on

TYPED = {
    "category": "parking", "neighbourhood": "", "title": "错峰停车", "situation": "车多位少", "worked": "先数后谈",
    "steps": "清点\n公布", "pitfalls": "",
}  # fmt: skip


def url(name, *rows):
    return reverse(f"clinic:{name}", args=[row.pk for row in rows])


@pytest.fixture
def published(cast):
    return make_card(cast.studio, cast.mentor, reviewer=cast.lead)


def titles(answer):
    return [card.title for card in answer.context["page"]]


def test_the_library_is_read_by_all_and_filtered(cast, as_, published):
    subject = cast.cohort.framework.subjects.get(code="CG")
    published.subjects.add(subject)
    make_card(
        cast.studio, cast.mentor, reviewer=cast.lead, title="养老", category=Category.ELDER, neighbourhood="linong"
    )
    make_card(cast.studio, cast.mentor, state=CardState.DRAFT, title="没写完")
    for asked, found in (
        ("", {"夜间停车先数后谈", "养老"}), ("?category=elder_care", {"养老"}), ("?subject=CG", {"夜间停车先数后谈"}),
        ("?neighbourhood=linong", {"夜间停车先数后谈", "养老"}), ("?neighbourhood=cun", {"夜间停车先数后谈"}),
        ("?q=错峰", {"夜间停车先数后谈", "养老"}), ("?q=没有这话", set()),
    ):  # fmt: skip
        assert set(titles(as_("mentee").get(url("cards") + asked))) == found, asked


def test_the_most_helpful_come_first_when_asked(cast, as_, published):
    other = make_card(cast.studio, cast.mentor, reviewer=cast.lead, title="养老", published_on="2019-01-01")
    CardUse.objects.create(studio=cast.studio, card=published, kind=UseKind.HELPED, by=cast.mentee)
    assert titles(as_("mentee").get(url("cards"))) == [other.title, published.title]
    assert titles(as_("mentee").get(url("cards") + "?by=helped")) == [published.title, other.title]


def test_what_is_not_in_the_library_is_seen_by_its_writer_and_the_office(cast, as_, published):
    make_card(cast.studio, cast.mentor, state=CardState.REVIEW, title="等审的")
    for who, seen in (("officer", True), ("mentor", True), ("other_mentor", False), ("leader", False)):
        answer = as_(who).get(url("cards") + "?tab=review")
        assert (titles(answer) == ["等审的"]) == seen, who
        assert bool(answer.context["tabs"]) == seen, who


def test_the_list_costs_the_same_for_one_card_and_three(cast, as_, count_queries):
    def add(number):
        card = make_card(cast.studio, cast.mentor, reviewer=cast.lead, title=f"第{number}张")
        card.subjects.set(cast.cohort.framework.subjects.all()[:number])
        CardUse.objects.create(studio=cast.studio, card=card, kind=UseKind.HELPED, by=cast.mentee)

    add(1)
    for who in ("lead", "mentor", "mentee"):
        as_(who).get(url("cards"))
    one = [count_queries(lambda who=who: as_(who).get(url("cards"))) for who in ("lead", "mentor", "mentee")]
    add(2)
    add(3)
    assert [count_queries(lambda who=who: as_(who).get(url("cards"))) for who in ("lead", "mentor", "mentee")] == one


def test_the_card_says_what_it_was_good_for_and_is_helpful_once(cast, as_, published):
    CardUse.objects.create(
        studio=cast.studio, card=published, kind=UseKind.TRAINING, by=cast.lead, session=make_session(cast.cohort)
    )
    page = as_("mentee").get(url("card", published)).content.decode()
    for words in ("0人说有用", "用进1次培训", "0份补短板计划", "先清消防通道", "没有数字就开会"):
        assert words in page
    for _turn in range(2):
        as_("mentee").post(url("card_helped", published))
    page = as_("mentee").get(url("card", published)).content.decode()
    assert "1人说有用" in page
    assert "您说过有用" in page
    as_("mentor").post(url("card_helped", published))  # one's own
    assert CardUse.objects.filter(kind=UseKind.HELPED).count() == 1


def test_a_card_never_names_the_presenter_who_wrote_it(cast, as_):
    case = case_of(cast, CaseState.CLOSED)
    card = make_card(cast.studio, cast.mentee, reviewer=cast.lead, case=case)
    assert "何嘉怡" not in as_("other_mentee").get(url("card", card)).content.decode()
    assert "何嘉怡" in as_("officer").get(url("card", card)).content.decode()


def test_the_way_back_to_a_sensitive_case_is_shown_to_those_who_may_read_it(cast, as_):
    case = case_of(cast, CaseState.CLOSED, sensitive=True)
    card = make_card(cast.studio, cast.officer, reviewer=cast.lead, case=case)
    assert url("case", case) not in as_("other_mentor").get(url("card", card)).content.decode()
    assert url("case", case) in as_("officer").get(url("card", card)).content.decode()


def test_a_card_is_made_of_a_case_and_looked_through_first(cast, as_):
    case = case_of(cast, CaseState.CLOSED, background="郑国平来过")
    address = f"{url('new_card')}?case={case.pk}"
    page = as_("mentee").get(address)
    assert page.context["form"].initial["situation"] == "郑国平来过"
    place = cast.other_mentee_row.secretary.community
    place.subdistrict.district = cast.studio.district
    place.subdistrict.save()
    typed = TYPED | {"situation": f"郑国平在{place.name}讲过"}
    page = as_("mentee").post(address, typed).content.decode()
    for words in ("这几处请看一看", "郑国平", place.name, "讲过"):
        assert words in page
    assert not CaseCard.objects.exists()
    as_("mentee").post(address, typed | {"confirmed": ["郑国平", place.name]})
    card = CaseCard.objects.get()
    assert (card.case, card.written_by, card.state) == (case, cast.mentee, CardState.DRAFT)


def test_a_card_of_ones_own_takes_its_links_from_its_kind(cast, as_):
    subject = cast.cohort.framework.subjects.get(code="CG")
    row = Indicator.objects.create(studio=cast.studio, subject=subject, code="CG4", name="难点破解", order=9)
    as_("mentor").post(url("new_card"), TYPED)
    card = CaseCard.objects.get()
    assert (list(card.indicators.all()), list(card.subjects.all())) == ([row], [subject])
    own = subject.indicators.get(code="CG1")
    as_("mentor").post(url("new_card"), TYPED | {"title": "另一张", "indicators": [str(own.pk)]})
    assert list(CaseCard.objects.get(title="另一张").indicators.all()) == [own]


@pytest.mark.parametrize(("who", "status"), [("mentee", 403), ("other_mentee", 403), ("officer", 200), ("mentor", 200)])
def test_a_card_without_a_case_is_for_the_office_and_mentors(as_, who, status):
    assert as_(who).get(url("new_card")).status_code == status


def test_a_card_of_anothers_or_a_missing_case_is_refused(cast, as_):
    case = case_of(cast, CaseState.CLOSED, sensitive=True)
    assert as_("other_mentor").get(f"{url('new_card')}?case={case.pk}").status_code == 404
    assert as_("mentee").get(f"{url('new_card')}?case={case.pk}").status_code == 403
    assert as_("officer").get(f"{url('new_card')}?case=moon").status_code == 404


def test_bad_input_and_a_conflict_keep_what_was_typed(cast, as_):
    card = make_card(cast.studio, cast.mentor, state=CardState.DRAFT)
    page = as_("mentor").post(url("edit_card", card), TYPED | {"version": "1", "steps": ""}).content.decode()
    assert "错峰停车" in page
    assert "这一项还空着" in page
    as_("officer").post(url("edit_card", card), TYPED | {"version": "1", "title": "先存的题目"})
    answer = as_("mentor").post(url("edit_card", card), TYPED | {"version": "1"})
    page = answer.content.decode()
    for words in ("刚才有人改过", "先存的题目", "错峰停车"):
        assert words in page
    as_("mentor").post(url("edit_card", card), TYPED | {"version": str(answer.context["form"]["version"].value())})
    card.refresh_from_db()
    assert card.title == "错峰停车"


def test_a_draft_goes_to_review_and_into_the_library(cast, as_):
    card = make_card(cast.studio, cast.mentor, state=CardState.DRAFT)
    assert as_("officer").get(url("review_card", card)).url == url("card", card)
    as_("mentor").post(url("submit_card", card))
    page = as_("officer").post(url("review_card", card), {"how": "back", "note": ""}).content.decode()
    assert "还差什么，写一句" in page
    as_("officer").post(url("review_card", card), {"how": "back", "note": "步骤写细"})
    assert "步骤写细" in as_("mentor").get(url("card", card)).content.decode()
    as_("mentor").post(url("submit_card", card))
    as_("officer").post(url("review_card", card), {"how": "publish"})
    card.refresh_from_db()
    assert card.state == CardState.PUBLISHED
    assert as_("mentor").get(url("edit_card", card)).status_code == 403


def test_ones_own_card_is_not_ones_own_to_review(cast, as_):
    card = make_card(cast.studio, cast.officer, state=CardState.REVIEW)
    assert as_("officer").get(url("review_card", card)).status_code == 403
    assert as_("lead").get(url("review_card", card)).status_code == 200


def test_the_reviewer_reads_that_the_case_was_sensitive(cast, as_):
    case = case_of(cast, CaseState.CLOSED, sensitive=True)
    card = make_card(cast.studio, cast.officer, state=CardState.REVIEW, case=case)
    assert "出自一件涉及隐私的会诊" in as_("lead").get(url("review_card", card)).content.decode()
    plain = make_card(cast.studio, cast.officer, state=CardState.REVIEW, title="平常的")
    assert "出自一件涉及隐私的会诊" not in as_("lead").get(url("review_card", plain)).content.decode()


def test_a_card_is_withdrawn_with_a_reason(cast, as_, published):
    assert as_("officer").post(url("withdraw_card", published), {"reason": ""}).status_code == 200
    as_("officer").post(url("withdraw_card", published), {"reason": "办法过时了"})
    published.refresh_from_db()
    assert published.state == CardState.WITHDRAWN
    assert "办法过时了" in as_("mentor").get(url("card", published)).content.decode()
    assert as_("mentee").get(url("card", published)).status_code == 404


def test_a_card_is_used_in_a_session_that_one_prepares(cast, as_, published):
    on(cast.studio, DAY)
    own, others = make_session(cast.cohort, host=cast.mentor_row), make_session(cast.cohort, title="别人的")
    page = as_("mentor").post(url("use_card", published), {"session": str(others.pk)})
    assert page.status_code == 200
    as_("mentor").post(url("use_card", published), {"session": str(own.pk)})
    assert CardUse.objects.get().session == own
    assert "近期没有您来备课的培训" in as_("mentor").get(url("use_card", published)).content.decode()
    assert as_("mentee").get(url("use_card", published)).status_code == 403
