"""Case cards: written by whom, reviewed by another, in the library and out of it; what they begin with, and what they say."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.clinic.actions import cards
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.choices import CardState, CaseState, Category, HitKind
from cohorts.clinic.models import CaseCard, SearchText
from cohorts.clinic.queries.cards import first_values, sessions_to_use
from mentorship.accounts.models import Assistant
from mentorship.common.errors import Refused
from mentorship.framework.models import Indicator
from mentorship.notifications.words import words_of
from tests.factories.clinic import make_card, make_step
from tests.factories.training import DAY, make_session

from .acts import case_of, notice_of, on, told, verbs


def facts(cohort, **more) -> dict:
    links = list(Indicator.objects.filter(subject__framework=cohort.framework_id).select_related("subject")[:2])
    first = {
        "category": Category.PARKING, "neighbourhood": "", "title": "先数后谈", "situation": "车多位少", "worked": "数清再谈",
        "steps": "清点\n公布", "pitfalls": "", "indicators": links, "subjects": list({row.subject for row in links}),
    }  # fmt: skip
    return first | more


def in_library(card) -> bool:
    return SearchText.objects.filter(kind=HitKind.CARD, object_id=card.pk).exists()


def as_typist(user, helper):
    user.acting_user = helper
    return user


@pytest.fixture
def draft(cast):
    return make_card(cast.studio, cast.mentor, state=CardState.DRAFT)


@pytest.fixture
def waiting(cast):
    return make_card(cast.studio, cast.mentor, state=CardState.REVIEW)


@pytest.fixture
def published(cast):
    card = make_card(cast.studio, cast.mentor, state=CardState.REVIEW)
    cards.publish_card(by=cast.lead, card=card)
    return card


@pytest.mark.parametrize("who", ["officer", "mentor"])
def test_the_office_and_mentors_write_cards(cast, who):
    by = getattr(cast, who)
    card = cards.write_card(by=by, studio=cast.studio, **facts(cast.cohort))
    assert (card.state, card.written_by, card.indicators.count()) == (CardState.DRAFT, by, 2)
    assert verbs() == ["card.written"]


@pytest.mark.parametrize("who", ["mentee", "leader", "liaison", "stranger"])
def test_others_write_none_of_their_own(cast, who):
    with pytest.raises(PermissionDenied):
        cards.write_card(by=getattr(cast, who), studio=cast.studio, **facts(cast.cohort))
    assert not CaseCard.objects.exists()


@pytest.mark.parametrize(("who", "sensitive", "may"), [
    ("mentee", False, True), ("mentor", False, True), ("officer", False, True), ("officer", True, True),
    ("other_mentee", False, False), ("leader", False, False), ("mentee", True, False), ("mentor", True, False),
])  # fmt: skip
def test_a_card_comes_out_of_a_closed_case(cast, who, sensitive, may):
    case = case_of(cast, CaseState.CLOSED, sensitive=sensitive)
    if may:
        card = cards.write_card(by=getattr(cast, who), studio=cast.studio, case=case, **facts(cast.cohort))
        assert card.case == case
        return
    with pytest.raises(PermissionDenied):
        cards.write_card(by=getattr(cast, who), studio=cast.studio, case=case, **facts(cast.cohort))


def test_no_card_of_a_case_that_is_open(cast):
    with pytest.raises(PermissionDenied):
        cards.write_card(by=cast.officer, studio=cast.studio, case=case_of(cast), **facts(cast.cohort))


def test_a_title_stands_once_and_links_are_of_the_studio(cast, published):
    with pytest.raises(Refused) as refused:
        cards.write_card(by=cast.officer, studio=cast.studio, **facts(cast.cohort, title=published.title))
    assert refused.value.field == "title"
    with pytest.raises(Refused):
        cards.write_card(by=cast.stranger, studio=cast.other_studio, **facts(cast.cohort))
    assert CaseCard.objects.count() == 1


def test_its_writer_and_the_office_change_a_draft_and_it_stays_the_writers(cast, draft):
    for who in (cast.other_mentor, cast.mentee, cast.leader):
        with pytest.raises(PermissionDenied):
            cards.change_card(by=who, card=draft, version=1, **facts(cast.cohort))
    cards.change_card(by=cast.mentor, card=draft, version=1, **facts(cast.cohort, title="改一"))
    cards.change_card(by=cast.officer, card=draft, version=2, **facts(cast.cohort, title="改二"))
    with pytest.raises(Stale):
        cards.change_card(by=cast.mentor, card=draft, version=2, **facts(cast.cohort, title="改三"))
    draft.refresh_from_db()
    assert (draft.title, draft.state, draft.written_by) == ("改二", CardState.DRAFT, cast.mentor)


def test_it_is_submitted_and_the_others_of_the_office_hear(cast, draft):
    for who in (cast.other_mentor, cast.leader):
        with pytest.raises(PermissionDenied):
            cards.submit_card(by=who, card=draft)
    cards.submit_card(by=cast.mentor, card=draft)
    draft.refresh_from_db()
    assert (draft.state, draft.written_by, told("card_to_review")) == (
        CardState.REVIEW,
        cast.mentor,
        {"许晓岚", "龙飞"},
    )
    with pytest.raises(Refused):
        cards.submit_card(by=cast.mentor, card=draft)


def test_whoever_submits_or_changes_it_then_does_not_review_it(cast, draft):
    cards.submit_card(by=cast.officer, card=draft)
    with pytest.raises(Refused):
        cards.publish_card(by=cast.officer, card=draft)
    cards.change_card(by=cast.lead, card=draft, version=draft.version, **facts(cast.cohort))
    with pytest.raises(Refused):
        cards.publish_card(by=cast.lead, card=draft)
    cards.publish_card(by=cast.officer, card=draft)
    draft.refresh_from_db()
    assert (draft.state, draft.reviewed_by, draft.written_by) == (CardState.PUBLISHED, cast.officer, cast.lead)


def test_who_types_for_a_mentor_does_not_submit_for_them(cast, draft):
    Assistant.objects.create(studio=cast.studio, principal=cast.mentor, helper=cast.officer)
    by = as_typist(cast.mentor, cast.officer)
    cards.change_card(by=by, card=draft, version=1, **facts(cast.cohort))
    with pytest.raises(Refused):
        cards.submit_card(by=by, card=draft)
    draft.refresh_from_db()
    assert draft.state == CardState.DRAFT


def test_a_second_person_publishes_and_it_is_found(cast, waiting):
    for who in (cast.mentor, cast.leader, cast.mentee):
        with pytest.raises(PermissionDenied):
            cards.publish_card(by=who, card=waiting)
    on(cast.studio, datetime.date(2019, 1, 5))
    waiting.studio.refresh_from_db()
    cards.publish_card(by=cast.officer, card=waiting, note="清楚")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reviewed_by) == (CardState.PUBLISHED, cast.officer)
    assert waiting.published_on == datetime.date(2019, 1, 5)
    assert in_library(waiting)
    assert told("card_published") == {"沈桂芳"}
    with pytest.raises(Refused):
        cards.publish_card(by=cast.lead, card=waiting)


def test_it_goes_back_with_a_word(cast, waiting):
    with pytest.raises(Refused) as refused:
        cards.send_back_card(by=cast.officer, card=waiting, note=" ")
    assert refused.value.field == "note"
    with pytest.raises(PermissionDenied):
        cards.send_back_card(by=cast.leader, card=waiting, note="写清楚")
    cards.send_back_card(by=cast.officer, card=waiting, note="写清楚")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.review_note, in_library(waiting)) == (CardState.DRAFT, "写清楚", False)
    assert told("card_sent_back") == {"沈桂芳"}


def test_a_card_of_the_library_is_changed_by_the_office_and_reviewed_again(cast, published):
    with pytest.raises(Refused):
        cards.change_card(by=cast.mentor, card=published, version=published.version, **facts(cast.cohort))
    assert in_library(published)
    cards.change_card(by=cast.officer, card=published, version=published.version, **facts(cast.cohort, title="又一题"))
    published.refresh_from_db()
    assert (published.state, published.reviewed_by, published.published_on) == (CardState.REVIEW, None, None)
    assert not in_library(published)
    assert told("card_to_review") == {"许晓岚"}
    with pytest.raises(Refused):
        cards.publish_card(by=cast.officer, card=published)


def test_the_office_withdraws_with_a_reason(cast, published):
    for who in (cast.mentor, cast.leader):
        with pytest.raises(PermissionDenied):
            cards.withdraw_card(by=who, card=published, reason="过时")
    with pytest.raises(Refused):
        cards.withdraw_card(by=cast.officer, card=published, reason="")
    cards.withdraw_card(by=cast.officer, card=published, reason="办法过时了")
    published.refresh_from_db()
    assert (published.state, in_library(published), told("card_withdrawn")) == (CardState.WITHDRAWN, False, {"沈桂芳"})
    for act in (
        lambda: cards.withdraw_card(by=cast.lead, card=published, reason="再来"),
        lambda: cards.change_card(by=cast.lead, card=published, version=published.version, **facts(cast.cohort)),
    ):
        with pytest.raises(Refused):
            act()


def test_the_reviewer_is_told_that_a_case_was_sensitive(cast):
    case = case_of(cast, CaseState.CLOSED, sensitive=True)
    card = cards.write_card(by=cast.officer, studio=cast.studio, case=case, **facts(cast.cohort))
    cards.submit_card(by=cast.officer, card=card)
    assert "涉及隐私" in words_of(notice_of("card_to_review")).text
    assert told("card_to_review") == {"许晓岚"}


def test_a_card_begins_without_people_place_and_doors(cast):
    name = cast.mentee_row.secretary.community.name
    case = case_of(
        cast, CaseState.CLOSED, background=f"{name}7号楼302室张阿婆说，何嘉怡书记来过，{name}居委会也来过。",
        lesson=f"在{name}先数后谈",
    )  # fmt: skip
    make_step(case, order=1, text="12弄里清点")
    make_step(case, order=2, text="公布")
    subject = cast.cohort.framework.subjects.get(code="CG")
    Indicator.objects.create(studio=cast.studio, subject=subject, code="CG4", name="难点破解", order=9)
    first = first_values(case)
    assert first["situation"] == "某居民区某号楼某室张阿婆说，书记来过，居委会也来过。"
    assert first["worked"].startswith("在某居民区先数后谈\n")
    assert first["steps"] == "某弄里清点\n公布"
    assert (first["category"], first["neighbourhood"]) == (case.category, "gongren")
    assert [(row.code, row.subject) for row in first["indicators"]] == [("CG4", subject)]


def test_it_is_used_in_sessions_that_one_prepares(cast, published):
    near = make_session(cast.cohort, title="错峰停车课", host=cast.mentor_row)
    far = make_session(cast.cohort, title="明年的课", date=DAY + datetime.timedelta(days=300))
    others = make_session(cast.cohort, title="别人的课", host=cast.other_mentor_row)
    off = make_session(cast.cohort, title="取消的课", state="cancelled", cancel_reason="雨", host=cast.mentor_row)
    abroad = make_session(cast.other_cohort, title="外区的课")
    today = DAY - datetime.timedelta(days=5)
    assert list(sessions_to_use(cast.mentor, published, today)) == [near]
    assert set(sessions_to_use(cast.officer, published, today)) == {near, others}
    assert not {far, off, abroad} & set(sessions_to_use(cast.lead, published, today))
    assert not sessions_to_use(cast.mentee, published, today).exists()
