"""The calendar as each reader sees it, in as many queries for three rows as for one."""

import datetime

import pytest
from django.urls import reverse

from cohorts.training.choices import SessionKind, SessionState
from evaluations.calendar.choices import EntryKind
from evaluations.calendar.queries import coming, entries_between
from mentorship.accounts.models import User
from mentorship.places.models import Holiday
from tests.calendar.test_ics import sound
from tests.factories import BaseFactory
from tests.factories.assessments import make_round
from tests.factories.practice import make_log, make_plan
from tests.factories.promotions import make_notice, make_review
from tests.factories.training import make_elective, make_session

TODAY = datetime.date(2018, 9, 18)
MONTH = {"on": "2018-09-01"}


@pytest.fixture(autouse=True)
def calendar(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()


def url(name, *args):
    return reverse(f"calendar:{name}", args=args)


def titles(user, studio, since=datetime.date(2018, 9, 1), until=datetime.date(2018, 9, 30)):
    user = User.objects.get(pk=user.pk)
    return {entry.title: entry for entry in entries_between(user, studio, since, until)}


def a_bit_of_everything(cast):
    """One row of each kind that some app tells the calendar, all in September."""
    make_session(cast.cohort, title="基地课", base=BaseFactory(studio=cast.studio), host=cast.mentor_row)
    group = make_session(cast.cohort, title="小组课", kind=SessionKind.GROUP)
    group.groups.add(cast.other_mentor_row)
    make_elective(cast.cohort, "法规")
    make_session(
        cast.cohort, title="公示期", kind=SessionKind.PUBLICITY, date=datetime.date(2018, 9, 3), starts_at=None,
        ends_at=None, hours=None, last_date=datetime.date(2018, 9, 12),
    )  # fmt: skip
    make_log(cast.pairing, next_date=datetime.date(2018, 9, 25), title="张阿婆家")
    make_round(cast.cohort, cast.lead, due=datetime.date(2018, 9, 28))
    review = make_review(cast.cohort, date=datetime.date(2018, 9, 19))
    make_notice(review, cast.lead, starts=datetime.date(2018, 9, 20), ends=datetime.date(2018, 9, 27))


def test_each_reader_finds_what_they_may_see(cast):
    a_bit_of_everything(cast)
    lead = titles(cast.lead, cast.studio)
    assert {entry.kind for entry in lead.values()} <= set(EntryKind.values)
    assert {"基地课", "小组课", "双月选训①", "选课截止：双月选训①", "公示期", "尖子学员人选公示"} <= set(lead)
    assert any(title.endswith("评分截止") for title in lead)
    assert any(title.startswith("评审会") for title in lead)
    assert not any("约见" in title for title in lead)  # of the pair alone
    assert (lead["公示期"].first.day, lead["公示期"].last.day, lead["公示期"].binds) == (3, 12, False)
    assert lead["基地课"].people[0].name == str(cast.mentor_row)
    mentor, mentee = titles(cast.mentor, cast.studio), titles(cast.mentee, cast.studio)
    assert "小组课" in mentor
    assert not mentor["小组课"].mine
    assert mentor["基地课"].mine
    assert "小组课" not in mentee
    assert mentee["基地课"].mine
    assert mentee["选课截止：双月选训①"].mine
    assert not mentor["选课截止：双月选训①"].mine  # theirs to teach, not to choose
    agreed = [entry for title, entry in mentee.items() if "约见" in title]
    assert len(agreed) == 1
    assert not any("评审会" in title or "张阿婆" in title for title in mentee)
    assert titles(cast.reviewer, cast.studio)["基地课"].url == ""  # knows the plan, opens no page of it
    assert titles(cast.stranger, cast.studio) == {}


def test_the_month_and_the_weeks(cast, as_):
    a_bit_of_everything(cast)
    make_session(cast.cohort, title="取消的课", state=SessionState.CANCELLED, cancel_reason="台风")
    page = as_("mentor").get(url("month"), MONTH).text
    assert "2018年9月" in page
    assert all(words in page for words in ("基地课", "公示期", "小组课", "取消的课", "已取消", "中秋", "调休上班"))
    assert "要留意" not in page  # mentors plan nothing
    assert "?on=2018-08-01" in page
    assert 'id="day-2018-09-20"' in page
    agenda = as_("mentor").get(url("agenda"), {"on": "2018-09-03"}).text
    assert "今天：9月18日" in agenda
    assert agenda.index("公示期") < agenda.index("今天：9月18日") < agenda.index("基地课")
    assert "on=2018-07-23" in agenda
    for nonsense in ("", "0001-01-01", "9999-12-31", "2018-02-31", "yesterday"):
        for name in ("month", "agenda"):
            assert as_("mentor").get(url(name), {"on": nonsense}).status_code == 200, nonsense
    assert "还没有日程可看" in as_("nobody").get(url("month")).text


def test_what_is_asked_for_is_shown(cast, as_):
    a_bit_of_everything(cast)
    browser = as_("mentor")

    def shown(**asked):
        days = browser.get(url("month"), MONTH | asked).context["days"]
        return {entry.title for day in days for entry in day.entries}

    assert "公示期" in shown(kind="promotion")
    assert "基地课" not in shown(kind="promotion")
    assert "小组课" not in shown(mine="on")
    assert "基地课" in shown(mine="on", cohort=str(cast.cohort.pk))
    assert shown(kind="nonsense", cohort=str(cast.other_cohort.pk)) == shown()
    page = browser.get(url("month"), MONTH | {"mine": "on", "kind": "training"})
    assert page.context["after"] == "?kind=training&mine=on&on=2018-10-01"


def test_planners_read_what_clashes(cast, as_):
    base = BaseFactory(studio=cast.studio)
    first = make_session(cast.cohort, title="甲课", base=base, host=cast.mentor_row)
    make_session(cast.cohort, title="乙课", base=base, host=cast.mentor_row)
    make_session(cast.cohort, title="中秋课", date=datetime.date(2018, 9, 24))
    page = as_("officer").get(url("month"), MONTH)
    assert [(each.day.day, each.entry.title) for each in page.context["conflicts"]] == [(20, "乙课"), (24, "中秋课")]
    assert "同时在两处" in page.text
    detail = as_("officer").get(reverse("training:session", args=[first.pk])).text
    assert "相冲" in detail
    assert "乙课" in detail
    for who in ("mentor", "leader"):
        assert "相冲" not in as_(who).get(reverse("training:session", args=[first.pk])).text
        assert not as_(who).get(url("month"), MONTH).context["conflicts"]


def test_the_studio_marks_its_own_days(cast, as_):
    Holiday.objects.create(studio=cast.studio, date=datetime.date(2018, 9, 11), note="台风停课")
    Holiday.objects.create(studio=cast.studio, date=datetime.date(2018, 9, 22), is_working=True)
    weeks = as_("mentee").get(url("month"), MONTH).context["weeks"]
    days = {day.date.day: day for week in weeks for day in week.days if day.in_month}
    assert (days[11].mark.name, days[11].is_off) == ("台风停课", True)
    assert (days[22].mark.sign, days[22].is_off) == ("班", False)
    assert (days[24].mark.name, days[23].is_off, days[12].mark) == ("中秋", True, None)


def test_one_entry_goes_along_as_a_file(cast, as_):
    session = make_session(cast.cohort, title="下一课", place="党校", materials="带本子")
    response = as_("mentee").get(url("entry", "2018-09-20", f"session-{session.pk}"))
    assert response["Content-Type"].startswith("text/calendar")
    assert "attachment" in response["Content-Disposition"]
    sound(response.content)
    assert "下一课" in response.text
    assert "带本子" not in response.text
    for day, uid in (("2018-09-21", f"session-{session.pk}"), ("2018-09-20", "session-x"), ("2018-02-31", "x")):
        assert as_("mentee").get(url("entry", day, uid)).status_code == 404


@pytest.mark.parametrize(("who", "name"), [("officer", "month"), ("mentor", "agenda"), ("mentee", "month")])
def test_it_costs_the_same_for_three_of_each(cast, as_, count_queries, who, name):
    def add(n):
        session = make_session(cast.cohort, host=cast.mentor_row, base=BaseFactory(studio=cast.studio), title=f"课{n}")
        session.groups.add(cast.mentor_row)
        make_log(cast.pairing, next_date=datetime.date(2018, 9, 20 + n))
        notice = make_review(cast.cohort, date=datetime.date(2018, 9, 20 + n), place=f"{n}")
        make_notice(notice, cast.lead, starts=datetime.date(2018, 9, 20), ends=datetime.date(2018, 9, 27))

    make_plan(cast.mentee_row, cast.mentor)
    browser, asked = as_(who), {"on": "2018-09-20"}
    add(1)
    browser.get(url(name), asked)
    one = count_queries(lambda: browser.get(url(name), asked))
    add(2)
    add(3)
    assert count_queries(lambda: browser.get(url(name), asked)) == one
    assert one <= 24


def test_homes_list_the_next_from_the_calendar(cast, as_):
    a_bit_of_everything(cast)
    make_session(cast.cohort, title="取消的课", state=SessionState.CANCELLED, cancel_reason="台风")
    user = User.objects.get(pk=cast.lead.pk)
    next_two = [entry.title for entry in coming(user, cast.studio, 2)]
    assert len(next_two) == 2
    for who, home in (("lead", "overview"), ("mentor", "mentor_home"), ("mentee", "mentee_home")):
        page = as_(who).get(reverse(f"dashboards:{home}"))
        listed = [entry.title for entry in page.context["coming"]]
        assert "取消的课" not in listed, who
        assert all(entry.first >= TODAY for entry in page.context["coming"]), who
        assert listed[0] in page.text
        assert reverse("calendar:month") in page.text
    assert "小组课" not in [
        entry.title for entry in as_("mentee").get(reverse("dashboards:mentee_home")).context["coming"]
    ]
