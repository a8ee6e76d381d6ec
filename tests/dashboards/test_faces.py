"""Learn, clinic, grow on the homes: one figure, one line, one link each, and the clinic among the places to go."""

import datetime

import pytest
from django.urls import reverse

from cohorts.clinic.choices import CaseState
from tests.factories.clinic import make_case, make_consult, make_opinion
from tests.factories.practice import make_rating
from tests.factories.training import make_session

TODAY = datetime.date(2018, 12, 3)
DAY = datetime.timedelta(days=1)
HOMES = {"mentor": "mentor_home", "mentee": "mentee_home", "lead": "overview", "leader": "overview"}


@pytest.fixture
def c(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()
    return cast


@pytest.fixture
def make(c):
    numbers = iter(range(1, 99))

    def case(state, presenter=None, **more):
        presenter = presenter or c.mentee_row.secretary
        more |= {"closed_by": c.officer} if state == CaseState.CLOSED else {}
        facts = {"state": state, "number": next(numbers), "date": datetime.date(2018, 9, 1)} | more
        return make_case(c.cohort, presenter, presenter.user, **facts)

    return case


def faces(as_, who) -> dict:
    return {face.code: face for face in as_(who).get(reverse(f"dashboards:{HOMES[who]}")).context["faces"]}


def test_before_anything_each_face_says_what_comes(c, as_):
    for who in HOMES:
        found = faces(as_, who)
        assert list(found) == ["learn", "clinic", "grow"]
        assert all(face.line and face.url and face.act for face in found.values()), who
    assert faces(as_, "mentee")["grow"].figure == ""  # not rated is not nought
    assert faces(as_, "mentor")["clinic"].figure == ""


def test_learn_leads_to_the_next_session_of_one_s_own(c, as_):
    make_session(c.cohort, date=TODAY - DAY, title="过去的")
    make_session(c.cohort, date=TODAY + DAY, title="别组的").groups.add(c.other_mentor_row)
    own = make_session(c.cohort, date=TODAY + 5 * DAY, title="本组的")
    own.groups.add(c.mentor_row)
    for who in ("mentor", "mentee"):
        face = faces(as_, who)["learn"]
        assert (face.figure, face.line, face.url) == ("12月8日", "本组的", reverse("training:session", args=[own.pk]))
    studio = faces(as_, "lead")["learn"]
    assert (studio.figure, studio.line) == ("3", "下一次12月4日，别组的")


def test_an_apprentice_counts_the_own_open_cases_and_can_put_one_in(c, make, as_):
    make(CaseState.CLOSED)
    make(CaseState.CONSULTING)
    make(CaseState.ACTING, c.other_mentee_row.secretary)
    make(CaseState.DRAFT, number=None)
    face = faces(as_, "mentee")["clinic"]
    assert (face.figure, face.line, face.url) == ("1", "第2号：会诊中", reverse("clinic:new"))


def test_a_mentor_is_asked_first_and_else_reads_the_newest_lesson(c, make, as_):
    make(CaseState.CLOSED, lesson="早先的一条")
    latest = make(CaseState.CLOSED, lesson="先数后谈", closed_on=TODAY)
    make(CaseState.CLOSED, lesson="不该看到", closed_on=TODAY, sensitive=True)
    face = faces(as_, "mentor")["clinic"]
    assert (face.figure, face.line) == ("2", "最新一条：先数后谈")
    assert face.url == reverse("clinic:case", args=[latest.pk])
    case = make(CaseState.CONSULTING, reply_due=TODAY + 2 * DAY)
    consult = make_consult(case, c.mentor_row, c.officer)
    face = faces(as_, "mentor")["clinic"]
    assert (face.figure, face.url) == ("1", reverse("clinic:advise", args=[case.pk]))
    make_opinion(consult)
    assert faces(as_, "mentor")["clinic"].figure == "2"


def test_the_studio_counts_what_waits_and_what_is_late(c, make, as_):
    make(CaseState.WAITING)
    make(CaseState.WAITING, sensitive=True)
    make(CaseState.CONSULTING, reply_due=TODAY - DAY)
    lead, leader = faces(as_, "lead")["clinic"], faces(as_, "leader")["clinic"]
    assert (lead.figure, lead.line, lead.act) == ("2", "3件在办，1件答复过了期限", "去分诊")
    assert (leader.figure, leader.line, leader.act) == ("1", "2件在办，1件答复过了期限", "看会诊单")


def test_grow_counts_the_newest_level_of_each_indicator(c, as_):
    make_rating(c.mentee_row, c.mentor, level=2, date=TODAY - 9 * DAY)
    make_rating(c.mentee_row, c.mentor, level=3, date=TODAY - 3 * DAY)
    for who in ("mentee", "mentor", "lead"):
        face = faces(as_, who)["grow"]
        assert (face.figure, face.unit) == ("1", "/ 1项做到3级")
    assert faces(as_, "mentor")["grow"].line == "何嘉怡上次定级是11月30日"
    assert faces(as_, "lead")["grow"].line == "还有1名没有定过级"
    make_rating(c.mentee_row, c.mentor, level=2, date=TODAY)
    assert faces(as_, "mentee")["grow"].figure == "0"


@pytest.mark.parametrize("who", ["mentor", "mentee", "lead"])
def test_three_cost_what_one_costs(c, make, as_, who, count_queries):
    browser, address = as_(who), reverse(f"dashboards:{HOMES[who]}")

    def more():
        make(CaseState.WAITING)
        make(CaseState.CLOSED)
        make_consult(make(CaseState.CONSULTING), c.mentor_row, c.officer)
        make_session(c.cohort, date=TODAY + DAY)
        make_rating(c.mentee_row, c.mentor, date=TODAY)

    more()
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    more()
    more()
    assert count_queries(lambda: browser.get(address)) == one


@pytest.mark.parametrize("who", ["mentor", "mentee", "lead", "leader"])
def test_the_clinic_is_one_of_five_places_and_what_it_displaced_stays_in_the_foot(c, as_, who):
    page = as_(who).get(reverse(f"dashboards:{HOMES[who]}"))
    frame = page.context["frame"]
    assert (len(frame["nav"]), [place.label for place in frame["nav"]].count("会诊")) == (5, 1)
    desk = {words: address for address, words in frame["desk"]}
    displaced = {"日历": reverse("calendar:month")} if who in ("mentor", "mentee") else {"日志": reverse("logs:logs")}
    assert displaced.items() <= desk.items()
    assert {"会诊所", "查经验"} <= set(desk)
    assert ("会诊数字" in desk) == (who in ("lead", "leader"))


def test_others_are_not_sent_to_doors_that_are_closed_to_them(c, as_):
    liaison = {words for _address, words in as_("liaison").get(reverse("dashboards:help")).context["frame"]["desk"]}
    assert ("会诊所" in liaison, "查经验" in liaison, "会诊数字" in liaison) == (True, False, False)
    reviewer = {words for _address, words in as_("reviewer").get(reverse("dashboards:help")).context["frame"]["desk"]}
    assert not reviewer & {"会诊所", "查经验", "会诊数字"}
