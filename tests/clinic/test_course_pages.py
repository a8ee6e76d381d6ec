"""The pages of a case's course: nothing typed is lost, whoever may not is refused, and one step leads to the next."""

import datetime

import pytest
from django.urls import reverse

from cohorts.clinic.choices import CaseState, Check, Level, NoteKind
from cohorts.clinic.models import Case, CaseHelp
from tests.factories.clinic import make_consult, make_opinion, make_step

from .acts import case_of, days_on, on

NOW = datetime.datetime(2018, 11, 20, tzinfo=datetime.UTC)


def url(name, *rows):
    return reverse(f"clinic:{name}", args=[row.pk for row in rows])


def steps_of(*rows, version=1, **more):
    data = {"version": str(version), "steps-TOTAL_FORMS": str(len(rows)), "steps-INITIAL_FORMS": "0"} | more
    for place, row in enumerate(rows):
        data |= {f"steps-{place}-{name}": str(value) for name, value in row.items()}
    return data


@pytest.fixture
def released(cast):
    case = case_of(cast, CaseState.CONSULTING, released_at=NOW)
    make_opinion(make_consult(case, cast.mentor_row, cast.lead), text="先把数字数清")
    return case


def test_the_plan_is_written_beside_the_opinions(cast, as_, released):
    page = as_("mentee").get(url("plan", released)).content.decode()
    assert "先把数字数清" in page
    assert page.index("先把数字数清") < page.index("steps-0-text")  # over the form on a narrow screen
    owner = str(cast.mentor_row.secretary_id)
    rows = [
        {"text": "谈错峰", "owner_name": "业委会", "due": "2018-12-20"},
        {"text": "清点", "owner": owner, "due": "2018-12-01"},
        {"text": ""},
    ]
    answer = as_("mentee").post(url("plan", released), steps_of(*rows))
    assert answer.url == url("case", released)
    assert [(step.text, step.who) for step in released.steps.all()] == [("清点", "沈桂芳"), ("谈错峰", "业委会")]


def test_a_plan_that_is_not_right_comes_back_whole(cast, as_, released):
    rows = [
        {"text": "谈错峰", "owner_name": "业委会", "due": "2018-01-01"},
        {"text": "", "owner_name": "物业公司", "due": "2018-12-20"},
        {"text": "没有人", "due": "2018-12-20"},
    ]
    page = as_("mentee").post(url("plan", released), steps_of(*rows)).content.decode()
    for words in ("谈错峰", "早于提诊那天", "物业公司", "写一句做什么", "由谁来做，选一位，或者写名称"):
        assert words in page
    assert not released.steps.exists()


def test_after_a_conflict_both_texts_are_there_and_the_next_save_counts(cast, as_, released):
    row = {"owner_name": "业委会", "due": "2018-12-20"}
    as_("officer").post(url("plan", released), steps_of(row | {"text": "先存的办法"}))
    answer = as_("mentee").post(url("plan", released), steps_of(row | {"text": "后写的办法"}))
    page = answer.content.decode()
    assert "刚才有人改过" in page
    assert "先存的办法" in page
    assert "后写的办法" in page
    version = answer.context["form"]["version"].value()
    as_("mentee").post(url("plan", released), steps_of(row | {"text": "后写的办法"}, version=version))
    assert [step.text for step in released.steps.all()] == ["后写的办法"]


def test_a_step_is_changed_and_removed_and_a_done_one_only_read(cast, as_):
    case = case_of(cast)
    done = make_step(case, order=1, text="清点过了", done_on=days_on(3), done_by=cast.mentee)
    gone, kept = make_step(case, order=2, text="不办的"), make_step(case, order=3, text="要改的")
    page = as_("mentee").get(url("plan", case))
    assert "清点过了" in page.content.decode()
    assert [form.initial.get("text") for form in page.context["rows"]] == ["不办的", "要改的", None, None, None]
    assert str(done.pk) not in page.content.decode()
    row = {"owner_name": "业委会", "due": "2018-12-20"}
    rows = [row | {"step": gone.pk, "text": "不办的", "DELETE": "on"}, row | {"step": kept.pk, "text": "改过了"}]
    as_("mentee").post(url("plan", case), steps_of(*rows))
    assert [(step.text, step.pk == kept.pk) for step in case.steps.all()] == [("清点过了", False), ("改过了", True)]


def test_before_opinions_are_open_there_is_no_plan_to_write(cast, as_):
    case = case_of(cast, CaseState.CONSULTING)
    assert as_("mentee").get(url("plan", case)).url == url("case", case)
    as_("mentee").post(url("plan", case), steps_of({"text": "清点", "owner_name": "业委会", "due": "2018-12-20"}))
    assert not case.steps.exists()


def test_the_plan_page_costs_the_same_for_one_step_and_three(cast, as_, count_queries):
    case = case_of(cast)
    make_opinion(make_consult(case, cast.mentor_row, cast.lead))
    make_step(case, cast.mentor_row.secretary, order=1)
    browser = as_("mentee")
    browser.get(url("plan", case))
    one = count_queries(lambda: browser.get(url("plan", case)))
    make_opinion(make_consult(case, cast.other_mentor_row, cast.lead))
    make_step(case, cast.other_mentor_row.secretary, order=2)
    make_step(case, cast.mentee_row.secretary, order=3)
    assert count_queries(lambda: browser.get(url("plan", case))) == one


def test_a_step_is_done_and_taken_back_by_a_button(cast, as_):
    case = case_of(cast)
    step = make_step(case, cast.other_mentor_row.secretary)
    assert as_("other_mentor").post(url("step_done", step), {"text": "数好了"}).url == url("case", case)
    step.refresh_from_db()
    assert step.done_by == cast.other_mentor
    assert case.notes.get().text.endswith("数好了")
    as_("other_mentor").post(url("step_undone", step))
    step.refresh_from_db()
    assert step.done_on is None
    assert as_("leader").post(url("step_done", step)).status_code == 403


def test_a_plan_is_settled_on_its_page(cast, as_):
    case = case_of(cast)
    make_step(case)
    page = as_("mentee").post(url("settle", case), {"text": ""}).content.decode()
    assert "这一项还空着" in page
    assert "还有1步没办好" in page
    assert as_("mentee").post(url("settle", case), {"text": "商场自己开了"}).url == url("case", case)
    case.refresh_from_db()
    assert case.state == CaseState.FOLLOWING
    assert as_("mentee").get(url("settle", case)).url == url("case", case)


def test_a_note_takes_a_figure_only_of_what_is_measured(cast, as_):
    plain, measured = case_of(cast), case_of(cast, number=2, measure="月均投诉（件）")
    assert "figure" not in as_("mentee").get(url("note", plain)).context["form"].fields
    as_("mentee").post(url("note", measured), {"text": "少了", "figure": "5"})
    assert measured.notes.get().figure == 5


@pytest.mark.parametrize(("state", "link"), [(CaseState.CLOSED, True), (CaseState.FOLLOWING, False)])
def test_what_does_not_hold_suggests_what_to_do(cast, as_, state, link):
    case = case_of(cast, state)
    on(cast.studio, days_on(60 + 95))
    page = as_("mentee").get(f"{url('check', case)}?kind={NoteKind.AFTER_90}")
    assert page.context["form"]["kind"].value() == NoteKind.AFTER_90
    data = {"kind": NoteKind.AFTER_90, "result": Check.WORSE, "text": "又停满了"}
    answer = as_("mentee").post(url("check", case), data)
    said = " ".join(str(message) for message in answer.wsgi_request._messages)
    assert (url("reopen", case) in said) == link
    assert "没有稳住" in said
    as_("mentee").post(url("check", case), data | {"kind": NoteKind.AFTER_30, "result": Check.HOLDS})
    assert as_("mentee").get(url("check", case)).url == url("case", case)


def test_before_the_day_there_is_nothing_to_check(cast, as_):
    case = case_of(cast, CaseState.FOLLOWING)
    on(cast.studio, days_on(60 + 29))
    assert as_("mentee").get(url("check", case)).url == url("case", case)


def test_a_case_goes_up_and_the_liaison_answers_and_sees_it_no_more(cast, as_):
    case = case_of(cast)
    page = as_("officer").post(url("escalate", case), {"level": "", "text": "请划线"}).content.decode()
    assert "请划线" in page
    as_("officer").post(url("escalate", case), {"level": Level.SUBDISTRICT, "text": "请街道划线"})
    assert "请街道划线" in as_("liaison").get(url("answer", case)).content.decode()
    assert as_("other_liaison").get(url("answer", case)).status_code == 404
    assert as_("liaison").post(url("answer", case), {"text": "十日内划好"}).url == reverse("dashboards:home")
    case.refresh_from_db()
    assert case.state == CaseState.ACTING
    assert as_("liaison").get(url("answer", case)).status_code == 404


REPORT = {"outcome": "solved", "effect": "投诉降到3件", "lesson": "先数后谈", "level": "neighbourhood"}


def test_a_report_points_at_what_tells_who_it_was(cast, as_):
    case = case_of(cast, CaseState.FOLLOWING)
    typed = REPORT | {"effect": "302室张先生签了字", "lesson": "找郑国平出面"}
    page = as_("mentee").post(url("report", case), typed).content.decode()
    for words in ("302室", "郑国平", "有几处可能认得出人", "找郑国平出面"):
        assert words in page
    case.refresh_from_db()
    assert case.reported_by is None
    again = as_("mentee").post(url("report", case), typed | {"confirmed": ["302室"]}).content.decode()
    assert "郑国平" in again  # what was not shown before is shown first
    as_("mentee").post(url("report", case), typed | {"confirmed": ["302室", "郑国平"]})
    case.refresh_from_db()
    assert case.lesson == "找郑国平出面"


def test_a_report_that_points_at_nobody_goes_up_at_once_and_another_closes(cast, as_):
    case = case_of(cast, CaseState.FOLLOWING, measure="月均投诉", figure_before=14)
    as_("mentee").post(url("report", case), REPORT | {"figure_after": "3"})
    page = as_("officer").get(url("close", case)).content.decode()
    for words in ("先数后谈", "投诉降到3件", "何嘉怡"):
        assert words in page
    assert as_("officer").post(url("not_yet", case), {"reason": ""}).status_code == 200
    as_("officer").post(url("not_yet", case), {"reason": "写清哪个月"})
    assert "投诉降到3件" in as_("mentee").get(url("report", case)).content.decode()
    as_("mentee").post(url("report", case), REPORT)
    as_("officer").post(url("close", case))
    case.refresh_from_db()
    assert (case.state, case.closed_by) == (CaseState.CLOSED, cast.officer)


def test_who_reported_for_the_presenter_does_not_close_it(cast, as_):
    case = case_of(cast, CaseState.FOLLOWING)
    as_("officer").post(url("report", case), REPORT)
    assert as_("officer").get(url("close", case)).status_code == 403
    assert as_("officer").post(url("not_yet", case), {"reason": "x"}).status_code == 403
    assert as_("lead").post(url("close", case)).status_code == 302
    case.refresh_from_db()
    assert case.is_closed


def test_it_is_opened_again_by_the_presenters_mentor(cast, as_):
    case = case_of(cast, CaseState.CLOSED)
    assert as_("mentor").post(url("reopen", case), {"reason": ""}).status_code == 200
    as_("mentor").post(url("reopen", case), {"reason": "又停进来了"})
    case.refresh_from_db()
    assert (case.state, case.reopened) == (CaseState.ACTING, 1)


def test_a_closed_case_helps_others_once_and_not_its_own(cast, as_):
    case = case_of(cast, CaseState.CLOSED)
    for _turn in range(2):
        as_("other_mentee").post(url("helped", case))
    as_("mentee").post(url("helped", case))
    assert list(CaseHelp.objects.values_list("by", flat=True)) == [cast.other_mentee.pk]


@pytest.mark.parametrize(("name", "state", "who"), [
    ("plan", CaseState.CLOSED, "mentee"), ("note", CaseState.CLOSED, "mentee"), ("settle", CaseState.CLOSED, "mentee"),
    ("report", CaseState.ACTING, "mentee"), ("escalate", CaseState.CLOSED, "officer"), ("answer", CaseState.ACTING, "officer"),
    ("close", CaseState.FOLLOWING, "officer"), ("not_yet", CaseState.FOLLOWING, "officer"), ("reopen", CaseState.ACTING, "mentee"),
])  # fmt: skip
def test_an_old_address_says_how_it_stands_and_leads_to_the_case(cast, as_, name, state, who):
    case = case_of(cast, state)
    before = Case.objects.values().get(pk=case.pk)
    for answer in (as_(who).get(url(name, case)), as_(who).post(url(name, case), {"text": "x", "reason": "x"})):
        assert answer.url == url("case", case)
    assert Case.objects.values().get(pk=case.pk) == before
