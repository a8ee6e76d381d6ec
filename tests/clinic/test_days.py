"""会诊日: which cases stand on a day, who may put them there, who is told, and what is printed."""

import datetime

import pytest
from django.urls import reverse

from cohorts.clinic.actions.days import put_on_day, take_off_day
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case
from cohorts.clinic.queries.days import cases_on, to_add
from cohorts.training.choices import SessionKind
from cohorts.training.models import Session
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.words import words_of
from tests.factories import CohortFactory
from tests.factories.clinic import make_case, make_consult
from tests.factories.training import make_session

TODAY = datetime.date(2018, 11, 8)


@pytest.fixture(autouse=True)
def fixed_day(studio):
    studio.demo_today = TODAY
    studio.save()


@pytest.fixture
def day(cast):
    return clinic_day(cast.cohort)


@pytest.fixture
def case(cast):
    return filed(cast, 1)


def clinic_day(cohort, date=TODAY, **more):
    facts = {"kind": SessionKind.CLINIC, "hours": None, "title": "十一月会诊日", "place": "会议室", "date": date}
    return make_session(cohort, **facts | more)


def filed(cast, number, presenter=None, **more):
    presenter = presenter or cast.mentee_row.secretary
    return make_case(cast.cohort, presenter, cast.mentee, number=number, **more)


def told() -> set:
    return {receipt.recipient.name for receipt in Receipt.objects.filter(notice__kind="case_on_day")}


# The acts


def test_a_case_is_put_on_a_day_and_those_it_concerns_are_told(cast, day, case):
    make_consult(case, cast.mentor_row, cast.officer)
    make_consult(
        case, cast.other_mentor_row, cast.officer, declined_at=datetime.datetime(2018, 11, 2, tzinfo=datetime.UTC)
    )
    put_on_day(by=cast.officer, case=case, session=day)
    case.refresh_from_db()
    assert case.session == day
    assert told() == {cast.mentee.name, cast.mentor.name}
    entry = Entry.objects.get(verb="case.put_on_day")
    assert (entry.object_name, entry.after) == ("第1号", {"session": "2018-11-08 十一月会诊日"})
    words = words_of(Notice.objects.get(kind="case_on_day"), "zh-hans")
    assert words.title == "第1号排进了会诊日"
    assert "车夜里停到哪里去" in words.text
    assert "2018-11-08 13:30，在会议室" in words.text


def test_put_twice_it_stands_once_and_a_new_day_takes_the_place_of_the_old(cast, day, case):
    put_on_day(by=cast.officer, case=case, session=day)
    put_on_day(by=cast.officer, case=case, session=day)
    assert Entry.objects.filter(verb="case.put_on_day").count() == 1
    later = clinic_day(cast.cohort, TODAY + datetime.timedelta(days=30), title="十二月会诊日")
    put_on_day(by=cast.officer, case=case, session=later)
    assert Entry.objects.filter(verb="case.put_on_day").order_by("sequence").last().before == {
        "session": "2018-11-08 十一月会诊日"
    }
    assert (day.cases.count(), later.cases.count()) == (0, 1)


def test_of_a_sensitive_case_a_notice_says_the_number_alone(cast, day):
    case = filed(cast, 2, sensitive=True, title="小雨的事")
    put_on_day(by=cast.officer, case=case, session=day)
    words = words_of(Notice.objects.get(kind="case_on_day"), "zh-hans")
    assert "第2号" in words.text
    assert "小雨" not in words.title + words.text
    assert "小雨" not in str(Notice.objects.get(kind="case_on_day").particulars)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": SessionKind.CLASS},
        {"state": "cancelled", "cancel_reason": "下雨"},
        {"date": TODAY - datetime.timedelta(days=1), "last_date": TODAY - datetime.timedelta(days=1)},
    ],
)  # fmt: skip
def test_another_kind_a_cancelled_and_a_past_day_take_no_case(cast, case, wrong):
    with pytest.raises(Refused) as refused:
        put_on_day(by=cast.officer, case=case, session=clinic_day(cast.cohort, **wrong))
    assert refused.value.field == "session"


def test_a_day_of_several_takes_cases_until_its_last(cast, case):
    begun = TODAY - datetime.timedelta(days=1)
    put_on_day(by=cast.officer, case=case, session=clinic_day(cast.cohort, begun, last_date=TODAY))
    assert told() == {cast.mentee.name}


def test_another_cohorts_and_another_studios_day_take_no_case(cast, case):
    for cohort in (CohortFactory(studio=cast.studio), cast.other_cohort):
        with pytest.raises(Refused):
            put_on_day(by=cast.officer, case=case, session=clinic_day(cohort))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("state", CaseState.values)
def test_what_was_sent_and_is_not_closed_out_may_stand_on_a_day(cast, day, state):
    more = {"closed_by": cast.officer} if state == CaseState.CLOSED else {}
    case = filed(cast, 3, state=state, **more)
    if state in CaseState.open():
        put_on_day(by=cast.officer, case=case, session=day)
    else:
        with pytest.raises(Refused):
            put_on_day(by=cast.officer, case=case, session=day)
    assert Case.objects.filter(session=day).exists() == (state in CaseState.open())


def test_it_is_taken_off_and_they_are_told(cast, day, case):
    put_on_day(by=cast.officer, case=case, session=day)
    take_off_day(by=cast.officer, case=case)
    assert Case.objects.get().session is None
    assert Entry.objects.get(verb="case.taken_off_day").before == {"session": "2018-11-08 十一月会诊日"}
    assert words_of(Notice.objects.order_by("created_at").last(), "zh-hans").title == "第1号不在会诊日上了"
    with pytest.raises(Refused):
        take_off_day(by=cast.officer, case=case)


def test_what_was_spoken_about_stays_on_its_day_but_a_cancelled_one_lets_go(cast, case):
    held = clinic_day(cast.cohort, TODAY - datetime.timedelta(days=7))
    Case.objects.update(session=held)
    with pytest.raises(Refused, match="过去"):
        take_off_day(by=cast.officer, case=case)
    Session.objects.update(state="cancelled", cancel_reason="下雨")
    take_off_day(by=cast.officer, case=case)
    assert not Notice.objects.exists()


# What is listed


def test_a_day_goes_by_urgency_and_number(cast, day):
    for number, urgency in ((1, "normal"), (2, "urgent"), (3, "pressing"), (4, "urgent")):
        filed(cast, number, urgency=urgency, session=day)
    rows, others = cases_on(day, cast.officer)
    assert ([row.number for row in rows], others) == ([2, 4, 3, 1], 0)


def test_only_cases_whose_opinions_are_asked_for_and_without_a_day_can_be_added(cast, day):
    wanted = [filed(cast, 1), filed(cast, 2, state=CaseState.CONSULTING)]
    filed(cast, 3, state=CaseState.ACTING)
    filed(cast, 4, session=day)
    filed(cast, 5, session=clinic_day(cast.cohort, TODAY + datetime.timedelta(days=9)))
    spoken_of = filed(cast, 6, session=clinic_day(cast.cohort, TODAY - datetime.timedelta(days=9)))
    filed(cast, None, state=CaseState.DRAFT)
    make_case(CohortFactory(studio=cast.studio), cast.mentee_row.secretary, cast.mentee, number=7)
    assert to_add(day, cast.officer) == [*wanted, spoken_of]


# The pages


def test_who_may_not_see_a_case_reads_how_many_there_are(cast, day, as_):
    filed(cast, 1, session=day)
    filed(cast, 2, session=day, sensitive=True, title="小雨的事")
    lead = as_("lead").get(reverse("clinic:day", args=[day.pk]))
    assert {row.number for row in lead.context["cases"]} == {1, 2}
    leader = as_("leader").get(reverse("clinic:day", args=[day.pk]))
    assert ([row.number for row in leader.context["cases"]], leader.context["others"]) == ([1], 1)
    for name in ("clinic:day", "clinic:day_paper"):
        page = as_("other_mentee").get(reverse(name, args=[day.pk]))
        assert (page.context["cases"], page.context["others"]) == ([], 2)
        assert "车夜里" not in page.text
        assert "还有2件" in page.text


def test_the_office_moves_cases_and_a_leader_only_looks(cast, day, case, as_):
    page = reverse("clinic:day", args=[day.pk])
    assert "排进来" in as_("officer").get(page).text
    assert "排进来" not in as_("leader").get(page).text
    answer = as_("officer").post(reverse("clinic:put_on_day", args=[day.pk]), {"case": case.pk}, follow=True)
    assert "排进去了" in answer.text
    assert [row.number for row in answer.context["cases"]] == [1]
    as_("leader").post(reverse("clinic:take_off_day", args=[day.pk]), {"case": case.pk})
    assert day.cases.count() == 1
    as_("officer").post(reverse("clinic:take_off_day", args=[day.pk]), {"case": case.pk})
    assert day.cases.count() == 0


@pytest.mark.parametrize("name", ["clinic:put_on_day", "clinic:take_off_day"])
def test_anothers_case_and_nonsense_are_not_there(cast, day, as_, name):
    theirs = make_case(cast.other_cohort, cast.foreign_mentee_row.secretary, cast.stranger_mentee, number=1)
    elsewhere = filed(cast, 4, session=clinic_day(cast.cohort, title="别的一天"))
    for value in (theirs.pk, "7", ""):
        assert as_("officer").post(reverse(name, args=[day.pk]), {"case": value}).status_code == 404
    if name == "clinic:take_off_day":
        assert as_("officer").post(reverse(name, args=[day.pk]), {"case": elsewhere.pk}).status_code == 404
    assert not Entry.objects.filter(verb__startswith="case.").exists()


def test_a_refusal_is_said_on_the_page(cast, case, as_):
    gone = clinic_day(cast.cohort, state="cancelled", cancel_reason="下雨")
    answer = as_("officer").post(reverse("clinic:put_on_day", args=[gone.pk]), {"case": case.pk}, follow=True)
    assert "已经取消或者过去了" in answer.text
    assert "这一天取消了：下雨" in answer.text


def test_another_session_is_no_clinic_day(cast, as_):
    lesson = make_session(cast.cohort, date=TODAY)
    assert as_("lead").get(reverse("clinic:day", args=[lesson.pk])).status_code == 404


def test_days_to_come_and_days_that_were(cast, day, as_):
    clinic_day(cast.cohort, TODAY - datetime.timedelta(days=9), title="上回的会诊日")
    page = as_("mentee").get(reverse("clinic:days"))
    assert [row.title for row in page.context["page"]] == ["十一月会诊日"]
    page = as_("mentee").get(reverse("clinic:days"), {"when": "past"})
    assert [row.title for row in page.context["page"]] == ["上回的会诊日"]
    assert "排一个会诊日" not in page.text
    plan = f"{reverse('training:plan')}?kind=clinic"
    assert plan in as_("lead").get(reverse("clinic:days")).text
    assert as_("lead").get(plan).context["form"]["kind"].value() == SessionKind.CLINIC


def test_on_paper_a_sensitive_case_is_a_number_and_mentors_are_named_for_the_office(cast, day, as_):
    plain, quiet = filed(cast, 1, session=day), filed(cast, 2, session=day, sensitive=True, title="小雨的事")
    for case in (plain, quiet):
        make_consult(case, cast.other_mentor_row, cast.officer)
    text = as_("lead").get(reverse("clinic:day_paper", args=[day.pk])).text
    assert "车夜里停到哪里去" in text
    assert "小雨" not in text
    assert "第2号" in text
    assert cast.other_mentor.name in text
    assert cast.other_mentor.name not in as_("mentee").get(reverse("clinic:day_paper", args=[day.pk])).text


def test_whose_a_closed_case_was_is_told_to_those_near_it_only(cast, as_):
    held = clinic_day(cast.cohort, TODAY - datetime.timedelta(days=7))
    filed(cast, 1, session=held, state=CaseState.CLOSED, closed_by=cast.officer)
    for name in ("clinic:day", "clinic:day_paper"):
        url = reverse(name, args=[held.pk])
        for who in ("mentee", "mentor", "leader"):
            assert cast.mentee.name in as_(who).get(url).text, who
        stranger = as_("other_mentee").get(url).text
        assert "车夜里停到哪里去" in stranger
        assert cast.mentee.name not in stranger
        assert str(cast.mentee_row.secretary.community) not in stranger


@pytest.mark.parametrize("who", ["lead", "mentee"])
def test_pages_cost_the_same_for_one_case_and_day_and_for_three(cast, day, as_, count_queries, who):
    pages = [reverse("clinic:days"), *(reverse(name, args=[day.pk]) for name in ("clinic:day", "clinic:day_paper"))]

    def more(number):
        make_consult(filed(cast, number, session=day), cast.mentor_row, cast.officer)
        filed(cast, number + 10)
        clinic_day(cast.cohort, TODAY + datetime.timedelta(days=number), title=f"会诊日{number}")

    def costs():
        return [count_queries(lambda page=page: browser.get(page)) for page in pages]

    more(1)
    browser = as_(who)
    costs()
    one = costs()
    more(2)
    more(3)
    assert costs() == one
    assert max(one) <= 16
