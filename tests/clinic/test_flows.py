"""What the clinic gives to seminars, work meetings, methods and sessions."""

import datetime

import pytest
from django.urls import reverse

from cohorts.clinic.actions.uses import use_in_session
from cohorts.clinic.choices import CardState, CaseState
from cohorts.clinic.queries.agenda import waiting_cases
from cohorts.clinic.queries.openings import case_opening, case_sources
from cohorts.meetings.choices import MeetingKind
from cohorts.meetings.models import Meeting
from tests.factories.clinic import DAY, make_card, make_case
from tests.factories.meetings import make_meeting
from tests.factories.training import make_session


@pytest.fixture
def make(cast):
    """`make("closed", 3, title="…")`: a case that the mentee presents."""

    def case(state, number=1, **more):
        more |= {"closed_by": cast.officer} if state == CaseState.CLOSED else {}
        return make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=state, number=number, **more)

    return case


def text_of(response) -> str:
    return response.content.decode()


# Seminars


def test_a_seminar_opens_with_a_case_and_names_nobody(cast, make, as_):
    case = make(CaseState.ACTING, background="何嘉怡说车多位少，底数说不清。")
    offered = case_opening(cast.officer, f"case:{case.pk}")
    assert (offered.topic, offered.source) == (case.title, "clinic")
    assert "何嘉怡" not in offered.opening_case
    assert "提诊人说车多位少" in offered.opening_case
    assert "物业不敢贴单" in offered.opening_case
    page = as_("lead").get(reverse("meetings:plan"), {"kind": "seminar", "from": f"case:{case.pk}"})
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("kind", "topic", "source", "opening_case")}
    assert shown == {
        "kind": MeetingKind.SEMINAR, "topic": case.title, "source": "clinic", "opening_case": offered.opening_case,
    }  # fmt: skip


def test_the_page_of_a_case_leads_whoever_plans_meetings_to_a_seminar(cast, make, as_):
    case, private = make(CaseState.ACTING, 1), make(CaseState.ACTING, 2, sensitive=True)
    way = f"{reverse('meetings:plan')}?kind=seminar&amp;from=case:{case.pk}"
    for who, shown in (("officer", True), ("leader", False), ("mentee", False)):
        assert (way in text_of(as_(who).get(reverse("clinic:case", args=[case.pk])))) is shown, who
    assert "kind=seminar" not in text_of(as_("officer").get(reverse("clinic:case", args=[private.pk])))


def test_a_long_situation_is_cut_to_what_a_meeting_holds(cast, make):
    case = make(CaseState.CLOSED, background="长" * 2000)
    words = case_opening(cast.officer, f"case:{case.pk}").opening_case
    assert (len(words), words[-1]) == (Meeting._meta.get_field("opening_case").max_length, "…")


def test_no_seminar_opens_with_what_is_not_open_or_not_to_be_read(cast, make, as_):
    consulting, private = make(CaseState.CONSULTING, 1), make(CaseState.CLOSED, 2, sensitive=True)
    keys = [f"case:{consulting.pk}", f"case:{private.pk}", "case:nonsense", "log:1", ""]
    assert [case_opening(cast.lead, key) for key in keys] == [None] * 5
    assert case_opening(cast.stranger, f"case:{make(CaseState.CLOSED, 3).pk}") is None
    page = as_("lead").get(reverse("meetings:plan"), {"kind": "seminar", "from": keys[0]})
    assert (page.status_code, page.context["form"]["topic"].value()) == (200, None)


# Work meetings


def test_late_opinions_and_cases_open_for_ninety_days_are_raised_without_names(cast, make):
    late = make(CaseState.CONSULTING, 1, reply_due=DAY + datetime.timedelta(days=14))
    old = make(CaseState.FOLLOWING, 2, date=DAY - datetime.timedelta(days=90))
    make(CaseState.CLOSED, 3, date=DAY - datetime.timedelta(days=120))
    make(CaseState.WAITING, 4)
    make(CaseState.ACTING, 5, date=DAY - datetime.timedelta(days=120), sensitive=True)
    day = DAY + datetime.timedelta(days=15)
    points = waiting_cases(cast.cohort, day)
    assert [point.key for point in points] == [f"case:{old.pk}:long", f"case:{late.pk}:reply"]
    words = " ".join(point.title + point.detail for point in points)
    assert not any(name in words for name in ("何嘉怡", cast.mentee_row.secretary.community.name, late.title))
    assert "逾期1天" in words
    assert "105天" in words
    assert [point.key for point in waiting_cases(cast.cohort, day - datetime.timedelta(days=2))] == [points[0].key]


def test_a_meeting_reads_them_each_part_counted_apart(cast, make, as_):
    cast.studio.demo_today = DAY + datetime.timedelta(days=20)
    cast.studio.save()
    case = make(CaseState.CONSULTING, 1)
    seat = cast.mentor_row.secretary
    meeting = make_meeting(cast.cohort, seat, date=DAY + datetime.timedelta(days=20))
    address = reverse("meetings:meeting", args=[meeting.pk])
    assert reverse("clinic:case", args=[case.pk]) in text_of(as_("lead").get(address))
    shown = text_of(as_("mentor").get(address))
    assert "会诊没有办结1件" in shown
    assert reverse("clinic:case", args=[case.pk]) not in shown


def test_points_are_asked_in_one_query(cast, make, count_queries, django_assert_num_queries):
    for number in (1, 2, 3):
        make(CaseState.CONSULTING, number)
        with django_assert_num_queries(1):
            assert len(waiting_cases(cast.cohort, DAY + datetime.timedelta(days=30))) == number


# Methods


def test_a_method_is_drawn_from_closed_cases_that_the_reader_may_see(cast, make):
    closed = make(CaseState.CLOSED, 1)
    make(CaseState.ACTING, 2)
    make(CaseState.CLOSED, 3, sensitive=True)
    found = case_sources(cast.mentor, cast.cohort, [])
    assert [source.key for source in found] == [f"case:{closed.pk}"]
    assert closed.title in found[0].label
    assert case_sources(cast.stranger, cast.cohort, [f"case:{closed.pk}"]) == []


# Sessions


def test_a_session_names_the_cards_that_were_put_to_it(cast, as_, count_queries):
    session = make_session(cast.cohort)
    address = reverse("training:session", args=[session.pk])
    cards = [make_card(cast.studio, cast.officer, reviewer=cast.lead, title=f"卡{n}") for n in range(4)]
    reader = as_("mentee")
    assert "用到的案例卡" not in text_of(reader.get(address))
    use_in_session(by=cast.officer, card=cards[0], session=session)
    page = text_of(reader.get(address))
    assert reverse("clinic:card", args=[cards[0].pk]) in page
    one = count_queries(lambda: reader.get(address))
    for card in cards[1:]:
        use_in_session(by=cast.officer, card=card, session=session)
    cards[0].state = CardState.WITHDRAWN
    cards[0].save()
    assert "卡0" not in text_of(reader.get(address))
    assert count_queries(lambda: reader.get(address)) == one
