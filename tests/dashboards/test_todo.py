"""全部待办: who sees what, in which order and words, at the same price however long the list."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from evaluations.dashboards.todo.items import Todo, by_when, group_of, is_late
from mentorship.notifications.actions import notify
from tests.factories import RoleGrantFactory
from tests.factories.attend import make_attended
from tests.factories.practice import (
    make_agreement,
    make_homework,
    make_letter,
    make_log,
    make_plan,
    make_reflection,
)
from tests.factories.training import make_course, make_elective, make_session, make_wishes

URL = "/todo/"
MONDAY = datetime.date(2018, 9, 24)  # 中秋, off
DAY = datetime.timedelta(days=1)


def what(browser) -> list[tuple[str, str]]:
    return [(item.what, item.about) for item in browser.get(URL).context["items"]]


def whats(browser) -> list[str]:
    return [one for one, _about in what(browser)]


def one_of_each(cast):
    make_letter(cast.pairing)
    make_agreement(cast.pairing)
    make_reflection(cast.mentee_row)
    make_homework(cast.mentee_row, state="handed_in", handed_in_on=datetime.date(2018, 9, 20))
    make_homework(cast.mentee_row, "再做")
    make_log(cast.pairing, confirmed_at=None)
    make_plan(cast.mentee_row, cast.officer)


def test_each_sees_what_waits_for_them_and_nobody_else_does(as_, cast):
    one_of_each(cast)
    mentor = whats(as_("mentor"))
    assert sorted(mentor) == sorted([
        "何嘉怡的拜师帖", "带教协议请签字", "替您记的日志，请确认", "何嘉怡的心得", "何嘉怡的作业", "补短板计划请看过、同意",
    ])  # fmt: skip
    assert sorted(whats(as_("mentee"))) == sorted(["交作业", "带教协议请签字", "补短板计划请看过、同意"])
    for stranger in ["other_mentor", "other_mentee", "stranger", "reviewer", "liaison", "stranger_mentee", "nobody"]:
        assert whats(as_(stranger)) == [], stranger


def test_what_waits_in_one_studio_is_not_in_the_list_of_another(as_, cast):
    """Who learns or teaches here may have an office there."""
    one_of_each(cast)
    make_reflection(cast.mentee_row, state="draft")
    for who, waiting in [("mentor", 6), ("mentee", 4)]:
        RoleGrantFactory(user=getattr(cast, who), studio=cast.other_studio, role=who)
        browser = as_(who)
        for studio, number in [(cast.studio, waiting), (cast.other_studio, 0)]:
            browser.post(reverse("accounts:choose_studio"), {"studio": studio.pk})
            assert len(whats(browser)) == number, f"{who} in {studio}"


def test_the_training_asks_whom_it_concerns(as_, cast):
    today = cast.studio.today()
    chosen = make_elective(cast.cohort, "一", date=today + 9 * DAY)
    missed = make_session(cast.cohort, date=today - 3 * DAY)
    held = make_session(cast.cohort, date=today - 5 * DAY, title="有名单")
    make_attended(held, cast.mentee_row, cast.officer, disputed=True)
    (course,) = chosen.courses.all()
    make_wishes(cast.other_mentee_row, chosen, course)
    assert "选课" in whats(as_("mentee"))
    assert "选课" not in whats(as_("other_mentee"))
    officer = what(as_("officer"))
    assert ("出勤还没有登记", str(missed)) in officer
    assert ("出勤还没有登记", "有名单") not in officer
    make_session(cast.cohort, date=today - 30 * DAY)
    make_session(cast.cohort, date=today - 60 * DAY)
    assert ("出勤还没有登记", "早先还有2场") in what(as_("officer"))
    assert "出勤两处不一致" in [one for one, _about in officer]
    assert "出勤还没有登记" not in whats(as_("leader"))


def test_the_earliest_day_first_and_none_last(as_, cast):
    today = cast.studio.today()
    make_homework(cast.mentee_row, "晚", due=today + 9 * DAY)
    make_homework(cast.mentee_row, "过", due=today - DAY)
    make_homework(cast.mentee_row, "不定", due=None)
    make_homework(cast.mentee_row, "今", due=today)
    page = as_("mentee").get(URL)
    assert [item.about[0] for item in page.context["items"]] == ["过", "今", "晚", "不"]
    assert [len(rows) for _heading, rows in page.context["groups"]] == [2, 2]
    assert "方便时办，原定" in page.text
    assert "mark-due" not in page.text.partition("page-head")[2]


def test_a_notice_to_sign_keeps_its_day(as_, cast):
    notice = notify(
        kind="message", studio=cast.studio, to=[cast.officer, cast.mentor], needs_acknowledgement=True,
        particulars={"title": "开会", "text": ""},
    )  # fmt: skip
    type(notice).objects.filter(pk=notice.pk).update(deadline=cast.studio.today() - 2 * DAY)
    officer, mentor = as_("officer").get(URL).text, as_("mentor").get(URL).text
    assert "过了2天" in officer
    assert "mark-due" in officer
    assert "过了" not in mentor
    assert "方便时办" in mentor


@pytest.mark.parametrize(
    ("due", "soft", "words", "group"),
    [
        (None, True, "方便时办", "later"),
        (MONDAY - DAY, False, "过了1天", "today"),
        (MONDAY - DAY, True, "方便时办，原定9月23日", "today"),
        (MONDAY, False, "今天", "today"),
        (MONDAY + 4 * DAY, False, "周五前", "soon"),
        (MONDAY + 7 * DAY, False, "10月1日前", "soon"),
        (MONDAY + 8 * DAY, False, "10月2日前", "later"),
    ],
)
def test_the_day_in_words(due, soft, words, group):
    item = Todo(due, "", "", "", "", soft)
    assert by_when(item, MONDAY, {}) == words
    assert group_of(item, MONDAY) == group
    assert is_late(item, MONDAY) == words.startswith("过了")


def test_a_limit_in_working_days_is_counted_out():
    item = Todo(MONDAY + 5 * DAY, "", "", "", "", by_working_days=True)  # 29 September is worked
    assert by_when(item, MONDAY, {}) == "还有5个工作日"
    assert by_when(item, MONDAY, {MONDAY + DAY: False}) == "还有4个工作日"


def test_an_empty_list_says_so_and_every_page_leads_to_it(as_):
    page = as_("mentor").get(URL).text
    assert "眼下没有要办的事" in page
    assert f'href="{reverse("dashboards:todo")}"' in as_("leader").get("/help/").text
    assert Client().get(URL).status_code == 302


@pytest.mark.parametrize("who", ["mentor", "mentee", "officer"])
def test_three_cost_what_one_does(as_, cast, who, count_queries):
    browser = as_(who)
    today = cast.studio.today()

    def more():
        make_homework(cast.mentee_row, due=today)
        make_homework(cast.mentee_row, state="handed_in", handed_in_on=today)
        make_reflection(cast.mentee_row)
        make_log(cast.pairing, confirmed_at=None, important=True)
        session = make_session(cast.cohort, date=today - DAY)
        make_attended(session, cast.mentee_row, cast.officer, disputed=True)
        make_session(cast.cohort, date=today - DAY)
        make_course(make_elective(cast.cohort, date=today + 9 * DAY))
        notify(kind="message", studio=cast.studio, to=[cast.mentor, cast.mentee, cast.officer],
               needs_acknowledgement=True, particulars={"title": "会", "text": ""})  # fmt: skip

    more()
    one = count_queries(lambda: browser.get(URL))
    more()
    more()
    assert count_queries(lambda: browser.get(URL)) == one
    assert len(browser.get(URL).context["items"]) >= 6
