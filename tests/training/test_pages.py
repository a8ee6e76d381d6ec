"""The pages of the training: what each reader sees and does, in as many queries for three rows as for one."""

import datetime

import pytest
from django.urls import reverse

from cohorts.training.choices import SessionKind
from cohorts.training.models import Enrolment, Session, Wish
from tests.factories import BaseFactory, MenteeFactory, PairingFactory
from tests.factories.training import make_booking, make_course, make_elective, make_place, make_session, make_wishes

TODAY = datetime.date(2018, 9, 18)
FORM = {
    "kind": "base", "title": "把组织生活过出味道", "date": "2018-09-20", "starts_at": "13:30", "ends_at": "16:30",
    "hours": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def calendar(cast):
    on(cast, TODAY)


def on(cast, day):
    cast.studio.demo_today = day
    cast.studio.save()


def url(name, *args):
    return reverse(f"training:{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_list_begins_with_what_is_coming(cast, as_):
    make_session(cast.cohort, date=datetime.date(2018, 9, 6), title="上一课")
    make_session(cast.cohort, title="下一课", place="党校")
    browser = as_("mentee")
    page = text(browser.get(url("sessions")))
    assert "下一课" in page
    assert "上一课" not in page
    assert "排一次培训" not in page
    past = text(browser.get(url("sessions"), {"when": "past"}))
    assert "上一课" in past
    assert "下一课" not in past
    for asked, found in (({"q": "党校 下一"}, True), ({"q": "没有"}, False), ({"month": "2018-09"}, True),
                         ({"month": "2018-10"}, False), ({"track": "small_class", "kind": "base"}, True),
                         ({"state": "held"}, False)):  # fmt: skip
        assert ("下一课" in text(browser.get(url("sessions"), asked))) is found, asked
    assert "清空条件" in text(browser.get(url("sessions"), {"q": "没有"}))


def test_an_empty_plan_says_what_to_do(cast, as_):
    assert "还没有安排" in text(as_("officer").get(url("sessions")))
    assert "工作室排好以后" in text(as_("mentor").get(url("sessions")))


@pytest.mark.parametrize("who", ["officer", "mentee"])
def test_lists_cost_the_same_for_three_rows(cast, as_, count_queries, who):
    base = BaseFactory(studio=cast.studio)

    def add(n):
        session = make_session(cast.cohort, base=base, host=cast.mentor_row, date=TODAY + datetime.timedelta(days=n))
        make_booking(session, base)
        BaseFactory(studio=cast.studio)

    browser = as_(who)
    add(1)
    browser.get(url("sessions"))
    costs = [count_queries(lambda name=name: browser.get(url(name))) for name in ("sessions", "bases")]
    assert costs[0] < 30
    add(2)
    add(3)
    assert [count_queries(lambda name=name: browser.get(url(name))) for name in ("sessions", "bases")] == costs


def test_the_menu_costs_the_same_for_three_rows(cast, as_, count_queries):
    elective = make_elective(cast.cohort, "一", capacity=9)

    def add(seat):
        mentee = MenteeFactory(cohort=cast.cohort)
        PairingFactory(mentor=cast.mentor_row, mentee=mentee, seat=seat)
        make_wishes(mentee, elective, make_course(elective, f"课{seat}"))

    pages = [("officer", "courses"), ("officer", "allocate"), ("mentee", "choose"), ("mentee", "session")]
    browsers = {who: as_(who) for who in ("officer", "mentee")}
    add(2)
    for who, name in pages:
        browsers[who].get(url(name, elective.pk))
    costs = [count_queries(lambda w=w, n=n: browsers[w].get(url(n, elective.pk))) for w, n in pages]
    add(3)
    add(4)
    assert [count_queries(lambda w=w, n=n: browsers[w].get(url(n, elective.pk))) for w, n in pages] == costs


def test_the_base_of_another_studio_is_neither_offered_nor_taken(cast, as_):
    foreign = cast.foreign_mentor_row.base
    response = as_("officer").post(url("plan"), FORM | {"base": foreign.pk})
    form = response.context["form"]
    assert "base" in form.errors
    assert not form.fields["base"].queryset.filter(pk=foreign.pk).exists()
    assert not Session.objects.exists()


def test_planned_on_the_page(cast, as_):
    base = cast.mentor_row.base
    browser = as_("officer")
    response = browser.post(url("plan"), FORM | {"base": base.pk, "host": cast.mentor_row.pk})
    made = Session.objects.get()
    assert response.url == url("session", made.pk)
    page = text(browser.post(url("plan"), FORM | {"base": base.pk, "title": "挤一挤", "groups": [cast.mentor_row.pk]}))
    assert "已经有“把组织生活过出味道”" in page
    assert 'value="挤一挤"' in page
    assert Session.objects.count() == 1


def test_a_warning_is_confirmed_on_the_page(cast, as_):
    browser = as_("officer")
    weekend = FORM | {"date": "2018-09-22"}
    response = browser.post(url("plan"), weekend)
    warned = response.context["warned"]
    assert "周末" in text(response)
    assert not Session.objects.exists()
    # Confirmed for one day, it does not hold for another.
    browser.post(url("plan"), weekend | {"date": "2018-09-23", "accepted": warned.signature})
    assert not Session.objects.exists()
    browser.post(url("plan"), weekend | {"accepted": warned.signature})
    assert Session.objects.get().date == datetime.date(2018, 9, 22)


def test_the_same_again_next_month(cast, as_):
    first = make_session(cast.cohort, host=cast.mentor_row)
    first.groups.add(cast.mentor_row)
    form = as_("officer").get(url("plan"), {"from": first.pk}).context["form"]
    assert form["date"].value() == datetime.date(2018, 10, 18)
    assert form["title"].value() == first.title
    assert form["groups"].value() == [cast.mentor_row.pk]


def test_two_people_change_one_session(cast, as_):
    row = make_session(cast.cohort)
    browser = as_("officer")
    opened = FORM | {"version": row.version}
    browser.post(url("change", row.pk), opened | {"title": "先存的"})
    page = text(browser.post(url("change", row.pk), opened | {"title": "后存的"}))
    assert "先存的" in page
    assert 'value="后存的"' in page
    assert 'name="version" value="2"' in page
    browser.post(url("change", row.pk), opened | {"title": "后存的", "version": 2})
    row.refresh_from_db()
    assert (row.title, row.version) == ("后存的", 3)


def test_who_is_named_to_whom(cast, as_):
    row = make_session(cast.cohort)
    page = url("session", row.pk)
    assert {"何嘉怡" in text(as_("leader").get(page)), "钱立峰" in text(as_("leader").get(page))} == {True}
    mentors = text(as_("mentor").get(page))
    assert "何嘉怡" in mentors
    assert "钱立峰" not in mentors
    mentees = text(as_("mentee").get(page))
    assert "您要来" in mentees
    assert "钱立峰" not in mentees
    row.groups.add(cast.other_mentor_row)
    assert as_("mentee").get(page).status_code == 404


def test_cancelled_and_held(cast, as_):
    browser = as_("officer")
    row, other = make_session(cast.cohort), make_session(cast.cohort, date=TODAY)
    assert "这一项还空着" in text(browser.post(url("cancel", row.pk), {"reason": ""}))
    browser.post(url("cancel", row.pk), {"reason": "台风"})
    assert "已取消：台风" in text(browser.get(url("session", row.pk)))
    assert browser.get(url("cancel", row.pk)).status_code == 404
    browser.post(url("held", other.pk))
    assert "已办" in text(browser.get(url("session", other.pk)))


def test_wishes_on_the_page(cast, as_):
    elective = make_elective(cast.cohort, "法规入门", "调解技巧")
    law, talk = (str(course.pk) for course in elective.courses.all())
    browser, page = as_("mentee"), url("choose", elective.pk)
    assert "上面已经选了" in text(browser.post(page, {"wish1": law, "wish2": law}))
    assert "先选这一项" in text(browser.post(page, {"wish2": law}))
    assert not Wish.objects.exists()
    browser.post(page, {"wish1": talk, "wish2": law})
    assert list(Wish.objects.order_by("rank").values_list("course__title", flat=True)) == ["调解技巧", "法规入门"]
    assert "改志愿" in text(browser.get(url("session", elective.pk)))
    on(cast, datetime.date(2018, 9, 21))
    assert "选课已经截止" in text(browser.post(page, {"wish1": law}))
    assert Wish.objects.filter(rank=1).get().course.title == "调解技巧"


def test_given_out_on_the_page(cast, as_):
    elective = make_elective(cast.cohort, "法规入门", "调解技巧")
    law, _talk = elective.courses.all()
    make_wishes(cast.mentee_row, elective, law)
    make_wishes(cast.other_mentee_row, elective, law)
    browser, page = as_("officer"), url("allocate", elective.pk)
    assert "只是试分" in text(browser.get(page))
    browser.post(page, {"seen": browser.get(page).context["preview"].digest})
    assert not Enrolment.objects.exists()
    on(cast, datetime.date(2018, 9, 21))
    browser.post(page, {"seen": "old"})
    assert not Enrolment.objects.exists()
    browser.post(page, {"seen": browser.get(page).context["preview"].digest})
    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["placed", "waiting"]
    listed = text(browser.get(url("courses", elective.pk)))
    assert "候补第1位" in listed
    waiting = Enrolment.objects.get(state="waiting")
    browser.post(url("courses", elective.pk), {"mentee": waiting.mentee_id, "course": elective.courses.last().pk})
    assert Enrolment.objects.placed().count() == 2
    assert browser.get(page).status_code == 302


def test_the_apprentice_leaves_and_the_next_moves_up(cast, as_):
    elective = make_elective(cast.cohort, "法规入门", allocated_at="2018-09-21T00:00Z")
    course = elective.courses.get()
    make_place(cast.mentee_row, course)
    make_place(cast.other_mentee_row, course, state="waiting", position=1)
    browser = as_("mentee")
    assert "马上补上" in text(browser.get(url("leave", elective.pk)))
    browser.post(url("leave", elective.pk))
    assert Enrolment.objects.placed().get().mentee == cast.other_mentee_row
    assert browser.get(url("leave", elective.pk)).status_code == 403
    assert "您上“法规入门”" in text(as_("other_mentee").get(url("session", elective.pk)))


def test_an_elective_page_of_another_kind_is_none(cast, as_):
    row = make_session(cast.cohort, kind=SessionKind.BASE)
    assert as_("officer").get(url("courses", row.pk)).status_code == 404
    assert as_("mentee").get(url("choose", row.pk)).status_code == 404
