"""The clinic on the demo's day: what is over, what is on its way, and what waits for the visitor."""

import pytest
from django.urls import reverse

from cohorts.clinic.choices import CardState, CaseState, NoteKind
from cohorts.clinic.models import Case, CaseCard, Opinion
from mentorship.accounts.models import User
from mentorship.audit.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_five_of_the_six_have_come_as_far_as_that_day(demo):
    states = dict(Case.objects.filter(date__lte="2019-02-28").values_list("title", "state"))
    assert states == {
        "车夜里停到哪里去": CaseState.CLOSED,
        "一楼六户不同意加梯": CaseState.FOLLOWING,
        "物业发函：两个月后撤管": CaseState.ACTING,
        "九十一位独居老人，六个人怎么管": CaseState.ACTING,
        "飞线充电清了又来": CaseState.ACTING,
    }
    assert all(case.session.kind == "clinic" for case in Case.objects.filter(number__lte=5).select_related("session"))


def test_figures_before_and_after_and_the_check_in_between(demo):
    case = Case.objects.get(title="车夜里停到哪里去")
    assert (case.measure, case.figure_before, case.figure_after) == ("月均停车投诉（件）", 14, 3)
    check = case.notes.get(kind=NoteKind.AFTER_30)
    assert (str(check.on), check.figure) == ("2019-02-24", 4)


def test_one_case_waits_for_its_triage_and_one_for_the_visitor_who_is_a_mentor(demo):
    assert Case.objects.get(state=CaseState.WAITING).number == 7
    asked = Case.objects.get(state=CaseState.CONSULTING)
    mentor = User.objects.get(username="mentor")
    assert asked.consults.of(mentor).waiting().exists()
    assert asked.opinions.count() == 2
    assert not Opinion.objects.visible_to(mentor).filter(case=asked).exists()


def test_every_page_of_a_case_opens_for_the_organizer(demo, client):
    client.force_login(User.objects.get(username="organizer"))
    for case in Case.objects.all():
        assert client.get(reverse("clinic:case", args=[case.pk])).status_code == 200, case.title
    assert "先数后谈" in client.get(reverse("clinic:library"), {"q": "停车"}).content.decode()


def test_cards_come_from_a_case_and_from_what_mentors_do(demo):
    assert CaseCard.objects.published().count() == 3
    assert CaseCard.objects.get(state=CardState.REVIEW).written_by.name == "顾美珍"
    assert CaseCard.objects.get(case__number=1).uses.count() == 4


def test_acts_on_other_days_leave_the_trail_and_the_day_whole(demo):
    assert str(demo.today()) == "2019-04-18"
    assert verify(demo.pk).fault == ""
