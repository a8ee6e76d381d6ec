"""The page of one case: what each reader sees and may do, and what it costs."""

import datetime

import pytest
from django.urls import reverse

from cohorts.clinic.actions import consulting, discussing
from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import Case, CaseHelp, Opinion
from cohorts.clinic.queries.case import notes_of, reader_of, stages_of
from cohorts.clinic.queries.ways import ways_of
from tests.factories.clinic import make_case, make_consult, make_invitation, make_note, make_opinion, make_step

from .consult_kit import TODAY, asked, fresh, give, released, set_day, third_mentor, waiting


def page(browser, case) -> str:
    answer = browser.get(reverse("clinic:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def closed(cast, **more):
    set_day(cast, datetime.date(2019, 3, 1))
    case = make_case(
        cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CLOSED, closed_by=cast.lead,
        measure="月均投诉（件）", figure_before=14, figure_after=3, **more,
    )  # fmt: skip
    make_opinion(make_consult(case, cast.mentor_row, cast.officer), text="先数后谈")
    make_step(case, cast.mentee_row.secretary, done_on=TODAY, done_by=cast.mentee)
    make_note(case, cast.mentee, NoteKind.SENT, text="内部的话")
    make_note(case, cast.mentee, NoteKind.NOTE, text="商场夜间开放76个车位")
    return case


def names_of(user, case, given=0):
    steps = list(case.steps.all())
    return [way.name for way in ways_of(reader_of(user, case), notes_of(case), steps, given)]


def first_of(user, case, given=0):
    ways = ways_of(reader_of(user, case), notes_of(case), list(case.steps.all()), given)
    firsts = [way.name for way in ways if way.first]
    assert len(firsts) <= 1
    return firsts[0] if firsts else None


# Ways


def test_what_waits_is_triaged_by_the_office(cast):
    case = waiting(cast)
    assert first_of(cast.officer, case) == "triage"
    assert names_of(cast.mentee, case) == ["edit", "take_back"]
    assert names_of(cast.mentor, case) == names_of(cast.leader, case) == []


def test_while_asked_the_office_opens_and_asks_more(cast, as_):
    case = asked(cast)
    assert names_of(cast.officer, case) == ["triage", "invite", "escalate"]
    give(case, cast.mentor_row)
    assert "release" in names_of(cast.officer, case, given=1)
    assert first_of(cast.officer, case, given=1) is None
    set_day(cast, case.reply_due + datetime.timedelta(days=1))
    assert first_of(cast.officer, fresh(case), given=1) == "release"
    assert names_of(cast.mentor, case) == names_of(cast.mentee, case) == []
    text = page(as_("mentor"), case)
    assert 'id="advise"' in text
    assert page(as_("other_mentor"), case).count("btn-primary") == page(as_("mentor"), case).count("btn-primary")


def test_a_sensitive_case_invites_nobody(cast):
    assert "invite" not in names_of(cast.officer, asked(cast, sensitive=True))


def test_once_open_the_plan_comes_first_then_its_end(cast):
    case = released(cast)
    assert first_of(cast.mentee, case) == first_of(cast.officer, case) == "plan"
    case.state = CaseState.ACTING
    step = make_step(case, cast.mentee_row.secretary)
    assert first_of(cast.mentee, case) is None
    step.done_on, step.done_by = TODAY, cast.mentee
    step.save()
    assert first_of(cast.mentee, case) == "settle"
    case.state, case.settled_on = CaseState.FOLLOWING, TODAY
    assert first_of(cast.mentee, case) == "report"
    set_day(cast, TODAY + datetime.timedelta(days=30))
    assert first_of(cast.mentee, case_with(case, cast)) == "check"


def case_with(case, cast):
    case.studio = cast.studio
    return case


def test_another_closes_what_was_reported(cast):
    case = released(cast)
    case.state, case.settled_on, case.reported_by = CaseState.FOLLOWING, TODAY, cast.officer
    assert first_of(cast.lead, case) == "close"
    assert "close" not in names_of(cast.officer, case)
    assert "close" not in names_of(cast.mentee, case)


def test_a_closed_case_helps_and_becomes_a_card(cast, as_):
    case = closed(cast)
    assert first_of(cast.other_mentee, case) == "helped"
    assert "helped" not in names_of(cast.mentee, case)
    assert first_of(cast.officer, case) == "check"
    make_note(case, cast.mentee, NoteKind.AFTER_30, check_result="holds")
    make_note(case, cast.mentee, NoteKind.AFTER_90, check_result="holds")
    assert first_of(cast.officer, case) == "new_card"
    CaseHelp.objects.create(studio=cast.studio, case=case, by=cast.other_mentee)
    text = page(as_("other_mentee"), case)
    assert "1人说有用" in text
    assert "对我有用" not in text


def test_what_was_passed_up_is_answered_by_the_liaison_of_the_place(cast):
    case = released(cast)
    case.state, case.level = CaseState.ESCALATED, "subdistrict"
    assert first_of(cast.liaison, case) == first_of(cast.officer, case) == "answer"
    assert names_of(cast.other_liaison, case) == []
    case.level = "district"
    assert names_of(cast.liaison, case) == []


# What is shown


def test_the_steps_of_a_case_say_where_it_stands(cast):
    case = asked(cast)
    stages = stages_of(reader_of(cast.mentor, case), notes_of(case), 1)
    assert [stage.state for stage in stages] == ["done", "now", "", ""]
    assert stages[1].small == "11月16日前答复"
    assert stages_of(reader_of(cast.officer, case), notes_of(case), 1)[1].small == "1份方子"


def test_opinions_stand_under_the_seal_of_each(cast, as_):
    case = released(cast)
    text = page(as_("mentee"), case)
    assert text.count('class="opinion"') == 2
    assert "沈桂芳印" in text
    assert "分开谈，各谈各的账" in text
    english = as_("mentee")
    english.cookies["studio_language"] = "en"
    assert 'lang="zh-Hans"><span aria-hidden="true">沈桂芳印' in page(english, case)


def test_ones_own_opinion_waits_with_the_way_to_change_it(cast, as_):
    case = asked(cast)
    browser = as_("mentor")
    assert "只有您看得到" not in page(browser, case)
    browser.post(reverse("clinic:advise", args=[case.pk]), {"text": "先数后谈", "version": 0})
    text = page(browser, case)
    assert "只有您看得到" in text
    assert 'name="version" value="1"' in text
    give(case, cast.other_mentor_row)
    assert 'id="advise"' not in page(browser, fresh(case))


def test_the_two_texts_of_a_conflict_are_both_shown(cast, as_):
    case = asked(cast)
    give(case, cast.mentor_row, "手机上写的")
    browser, url = as_("mentor"), reverse("clinic:advise", args=[case.pk])
    text = browser.post(url, {"text": "电脑上写的", "version": 0}).content.decode()
    assert "手机上写的" in text
    assert "电脑上写的" in text
    browser.post(url, {"text": "电脑上写的", "version": 1})
    assert Opinion.objects.get().text == "电脑上写的"


def test_who_only_reads_a_closed_case_reads_a_lesson_not_a_person(cast, as_):
    case = closed(cast)
    discussing.add_remark(case, "只在几个人之间", by=cast.mentor)
    text = page(as_("other_mentee"), case)
    assert "没有数字的会不要开" in text
    assert "先数后谈" in text
    assert "商场夜间开放76个车位" in text
    assert str(case.community.subdistrict) in text
    for hidden in ("何嘉怡", case.community.name, "只在几个人之间", "内部的话"):
        assert hidden not in text, hidden
    for who in ("mentee", "mentor", "officer", "leader"):
        whole = page(as_(who), case)
        assert "何嘉怡" in whole
        assert "只在几个人之间" in whole


def test_the_figures_are_drawn_before_and_after(cast, as_):
    text = page(as_("mentee"), closed(cast))
    assert text.count('class="case-bar"') == 2
    assert 'width="100.0"' in text
    assert 'width="21.4"' in text
    assert "月均投诉（件）" in text


def test_late_is_said_of_what_is_not_open(cast, as_):
    case = asked(cast)
    set_day(cast, case.reply_due + datetime.timedelta(days=1))
    assert "过了期限" in page(as_("officer"), case)
    give(case, cast.mentor_row)
    consulting.release(by=cast.officer, case=fresh(case))
    assert not fresh(case).is_late(case.reply_due + datetime.timedelta(days=9))


@pytest.mark.parametrize("who", ["officer", "mentee", "mentor"])
def test_the_page_costs_the_same_for_any_number_of_rows(cast, as_, count_queries, who):
    case = released(cast)
    make_step(case, cast.mentee_row.secretary)
    discussing.add_remark(case, "好", by=cast.mentee)
    make_invitation(case, cast.officer)
    browser = as_(who)
    page(browser, case)
    few = count_queries(lambda: page(browser, case))
    third = third_mentor(cast)
    make_opinion(make_consult(case, third, cast.officer))
    guest = make_invitation(case, cast.officer, digest="1" * 64)
    Opinion.objects.create(studio=cast.studio, case=case, invitation=guest, text="外请的话", date=TODAY)
    for n in (2, 3):
        make_step(case, [cast.mentor_row, third][n - 2].secretary, order=n)
        make_note(case, cast.officer)
        discussing.add_remark(case, "好", by=[cast.mentor, cast.officer][n - 2])
        discussing.add_remark(case, "好", invitation=guest)
    assert count_queries(lambda: page(browser, case)) == few
    assert few <= 32


# Acts by their pages


def test_triage_by_its_page(cast, as_):
    case, browser = waiting(cast), as_("officer")
    url = reverse("clinic:triage", args=[case.pk])
    text = browser.get(url).content.decode()
    assert text.count(" checked") >= 3, "the best mentors, and the urgency"
    assert "11月16日前" in text
    empty = browser.post(url, {"urgency": "normal"})
    assert "请至少选一位师傅" in empty.content.decode()
    done = browser.post(url, {"urgency": "normal", "mentors": [str(cast.mentor_row.pk)]}, follow=True)
    assert "只请了一位" in done.content.decode()
    assert fresh(case).reply_due == datetime.date(2018, 11, 16)


def test_more_are_asked_and_called_off_by_their_pages(cast, as_):
    third, browser = third_mentor(cast), as_("officer")
    case = asked(cast)
    browser.post(reverse("clinic:triage", args=[case.pk]), {"mentors": [str(third.pk)]})
    row = case.consults.get(mentor=third)
    answer = browser.post(reverse("clinic:call_off", args=[row.pk]), follow=True)
    assert "不请这一位了" in answer.content.decode()
    assert not case.consults.filter(mentor=third).exists()


def test_declining_leads_away_from_the_case(cast, as_):
    case, browser = asked(cast), as_("other_mentor")
    url = reverse("clinic:decline", args=[case.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": ""}).url == "/"
    assert browser.get(reverse("clinic:case", args=[case.pk])).status_code == 404


def test_opening_early_asks_why(cast, as_):
    case, browser = asked(cast), as_("officer")
    give(case, cast.mentor_row)
    url = reverse("clinic:release", args=[case.pk])
    assert "为什么现在公开" in browser.get(url).content.decode()
    assert browser.post(url, {}).status_code == 200
    assert browser.post(url, {"reason": "急"}).status_code == 302
    assert fresh(case).is_released


def test_a_sentence_is_found_again_by_its_anchor(cast, as_):
    case, browser = released(cast), as_("mentor")
    url = reverse("clinic:discuss", args=[case.pk])
    to = browser.post(url, {"text": "再看看"}).url
    assert to.partition("#")[2] in page(browser, case)
    empty = browser.post(url, {"text": ""})
    assert empty.status_code == 200
    assert Case.objects.get(pk=case.pk).remarks.count() == 1
