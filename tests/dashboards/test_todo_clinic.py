"""The clinic in the list of everything to do: who is asked for what, and from when."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.clinic.choices import CardState, CaseState, Check, Level, NoteKind, Urgency
from evaluations.dashboards.todo.gathering import gathered
from mentorship.accounts.models import User
from tests.factories.clinic import make_card, make_case, make_consult, make_note, make_opinion, make_step

TODAY = datetime.date(2018, 12, 3)
DAY = datetime.timedelta(days=1)
EVERYONE = [
    "lead",
    "officer",
    "leader",
    "mentor",
    "other_mentor",
    "mentee",
    "other_mentee",
    "liaison",
    "reviewer",
    "stranger",
]


@pytest.fixture
def c(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()
    return cast


@pytest.fixture
def make(c):
    """`make("waiting")`: a case that the mentee presents, numbered as it comes."""
    numbers = iter(range(1, 99))

    def case(state, **more):
        more |= {"closed_by": c.officer} if state == CaseState.CLOSED else {}
        facts = {"state": state, "number": next(numbers), "date": TODAY - 20 * DAY} | more
        return make_case(c.cohort, c.mentee_row.secretary, c.mentee, **facts)

    return case


def items(c, who) -> list:
    """What the page lists for them in the studio of the case, where the stranger has no part."""
    return gathered(User.objects.get(pk=getattr(c, who).pk), c.studio)


def asked(c, what) -> set[str]:
    """Who of the cast has this on their list."""
    return {who for who in EVERYONE if any(item.what == what for item in items(c, who))}


def test_the_office_triages_the_urgent_first(c, make):
    normal = make(CaseState.WAITING)
    pressing = make(CaseState.WAITING, urgency=Urgency.PRESSING)
    urgent = make(CaseState.WAITING, urgency=Urgency.URGENT, date=TODAY)
    found = items(c, "officer")
    assert [item.url for item in found] == [reverse("clinic:triage", args=[x.pk]) for x in (urgent, pressing, normal)]
    assert (found[0].due, found[0].what) == (TODAY, "紧急的会诊单请分诊")
    assert asked(c, "会诊单请分诊") == {"lead", "officer"}


def test_opinions_that_are_late_are_the_office_s_to_ask_after_and_the_mentor_s_softly(c, make):
    case = make(CaseState.CONSULTING, reply_due=TODAY - DAY)
    make_consult(case, c.mentor_row, c.officer)
    make_consult(case, c.other_mentor_row, c.officer, declined_at=timezone.now())
    assert asked(c, "会诊意见还没有到齐") == {"lead", "officer"}
    assert asked(c, "请您开方") == {"mentor"}
    (item,) = items(c, "mentor")
    assert (item.due, item.soft, item.url) == (TODAY - DAY, True, reverse("clinic:advise", args=[case.pk]))
    make_opinion(case.consults.get(mentor=c.mentor_row))
    assert asked(c, "请您开方") == set()
    type(case).objects.filter(pk=case.pk).update(reply_due=TODAY)
    assert asked(c, "会诊意见还没有到齐") == set()


def test_another_closes_out_what_somebody_reported(c, make):
    case = make(CaseState.FOLLOWING, reported_by=c.officer, effect="好了", lesson="先数后谈", outcome="solved")
    assert asked(c, "会诊报了办结，等您销号") == {"lead"}
    type(case).objects.filter(pk=case.pk).update(reported_by=c.mentee)
    assert asked(c, "会诊报了办结，等您销号") == {"lead", "officer"}


def test_another_reviews_a_card(c):
    make_card(c.studio, c.officer, state=CardState.REVIEW)
    assert asked(c, "案例卡等您审") == {"lead"}


def test_the_liaison_answers_what_was_passed_up_to_their_place(c, make):
    make(CaseState.ESCALATED, level=Level.SUBDISTRICT, reply_due=TODAY)
    make(CaseState.ESCALATED, level=Level.DISTRICT, reply_due=TODAY)
    make(CaseState.ESCALATED, level=Level.SUBDISTRICT, reply_due=TODAY, sensitive=True)
    assert asked(c, "会诊转到街镇，请答复") == {"liaison"}
    assert len(items(c, "liaison")) == 1


def test_the_presenter_mends_what_was_sent_back(c, make):
    make(CaseState.DRAFT, title="自己收回的")
    case = make(CaseState.DRAFT)
    make_note(case, c.officer, NoteKind.RETURNED, "户数写一写", on=TODAY)
    assert asked(c, "会诊单请补一补再交") == {"mentee"}
    assert [item.about for item in items(c, "mentee")] == [case.title]


def test_the_presenter_plans_once_opinions_are_open(c, make):
    case = make(CaseState.CONSULTING)
    assert asked(c, "意见公开了，请定办法") == set()
    type(case).objects.filter(pk=case.pk).update(released_at=timezone.now())
    assert asked(c, "意见公开了，请定办法") == {"mentee"}
    make_step(case, c.other_mentee_row.secretary)
    assert asked(c, "意见公开了，请定办法") == set()


def test_a_step_waits_for_its_owner_and_one_of_outsiders_for_the_presenter(c, make):
    case = make(CaseState.ACTING)
    make_step(case, c.other_mentee_row.secretary, order=1, due=TODAY + 3 * DAY)
    make_step(case, order=2, due=TODAY - DAY)
    make_step(case, c.other_mentor_row.secretary, order=3, done_on=TODAY, done_by=c.other_mentor)
    assert asked(c, "会诊定下的一步") == {"other_mentee"}
    assert asked(c, "会诊定下，请业委会办的一步") == {"mentee"}
    assert all(item.soft for item in items(c, "mentee"))


def test_checks_are_asked_for_from_their_day_on_and_once_a_turn(c, make):
    case = make(CaseState.FOLLOWING, settled_on=TODAY - 29 * DAY)
    assert items(c, "mentee") == []
    type(case).objects.filter(pk=case.pk).update(settled_on=TODAY - 30 * DAY)
    assert [(item.what, item.due) for item in items(c, "mentee")] == [("请做30天回访", TODAY)]
    make_note(case, c.mentee, NoteKind.AFTER_30, check_result=Check.HOLDS)
    assert items(c, "mentee") == []
    type(case).objects.filter(pk=case.pk).update(settled_on=TODAY - 90 * DAY)
    assert asked(c, "请做90天回访") == {"mentee"}


@pytest.mark.parametrize("who", ["officer", "mentor", "mentee", "liaison"])
def test_three_of_each_cost_what_one_costs(c, make, as_, who, count_queries):
    browser = as_(who)

    def more():
        make(CaseState.WAITING)
        make_consult(make(CaseState.CONSULTING, reply_due=TODAY - DAY), c.mentor_row, c.officer)
        make(CaseState.FOLLOWING, reported_by=c.mentee, settled_on=TODAY - 95 * DAY)
        make(CaseState.ESCALATED, level=Level.SUBDISTRICT, reply_due=TODAY)
        make_note(make(CaseState.DRAFT), c.officer, NoteKind.RETURNED, on=TODAY)
        acting = make(CaseState.ACTING)
        make_step(acting, c.mentor_row.secretary, order=1)
        make_step(acting, order=2)
        make(CaseState.ACTING)
        make_card(c.studio, c.mentee, state=CardState.REVIEW, title=f"卡{acting.number}")

    more()
    browser.get(reverse("dashboards:todo"))
    one = count_queries(lambda: browser.get(reverse("dashboards:todo")))
    more()
    more()
    assert count_queries(lambda: browser.get(reverse("dashboards:todo"))) == one
