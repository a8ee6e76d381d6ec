"""What the calendar shows of the clinic, and of what people are reminded, softly and once a day."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from cohorts.clinic.actions.reminding import remind_cases
from cohorts.clinic.choices import CaseState, Check, NoteKind
from cohorts.clinic.models import Case
from evaluations.calendar.queries import entries_between
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.words import words_of
from mentorship.places.models import Holiday
from tests.factories import SecretaryFactory
from tests.factories.clinic import make_case, make_consult, make_note, make_opinion, make_step

DUE = datetime.date(2018, 11, 15)  # a Thursday, worked
FROM, TO = datetime.date(2018, 11, 1), datetime.date(2019, 4, 30)


def on(studio, day):
    studio.demo_today = day
    studio.save()


def filed(cast, number=1, **more):
    return make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, number=number, **more)


def clinic_entries(reader, studio, since, until):
    return [entry for entry in entries_between(reader, studio, since, until) if "/clinic/" in entry.url]


def titles(cast, who, since=FROM, until=TO) -> list[tuple]:
    return [(entry.starts, entry.title) for entry in clinic_entries(getattr(cast, who), cast.studio, since, until)]


def sent(kind: str) -> list[tuple[str, str]]:
    rows = Receipt.objects.filter(notice__kind=kind).select_related("notice", "recipient").order_by("created_at")
    return [(row.recipient.name, words_of(row.notice, "zh-hans").text) for row in rows]


# The calendar


def test_a_mentor_sees_the_day_of_an_opinion_until_it_is_given(cast):
    case = filed(cast, state=CaseState.CONSULTING)
    consult = make_consult(case, cast.mentor_row, cast.officer)
    assert titles(cast, "mentor") == [(DUE, "会诊答复：第1号，车夜里停到哪里去")]
    (entry,) = clinic_entries(cast.mentor, cast.studio, DUE, DUE)
    assert (entry.kind, entry.mine, entry.url) == ("due", True, f"/clinic/{case.pk}/")
    assert titles(cast, "other_mentor") == titles(cast, "mentee") == titles(cast, "lead") == []
    assert titles(cast, "mentor", until=DUE - datetime.timedelta(days=1)) == []
    make_opinion(consult)
    assert titles(cast, "mentor") == []


@pytest.mark.parametrize("over", [{"declined_at": timezone.now()}, {}])
def test_what_was_declined_or_is_over_has_no_day(cast, over):
    case = filed(cast, state=CaseState.CONSULTING if over else CaseState.ACTING)
    make_consult(case, cast.mentor_row, cast.officer, **over)
    assert titles(cast, "mentor") == []


def test_the_owner_of_a_step_sees_its_day_until_it_is_done(cast):
    case = filed(cast, state=CaseState.ACTING)
    step = make_step(case, cast.other_mentee_row.secretary)
    make_step(case, order=2)
    assert titles(cast, "other_mentee") == [(datetime.date(2018, 11, 16), "会诊里的一步：第1号，车夜里停到哪里去")]
    assert titles(cast, "mentee") == []
    step.done_on, step.done_by = DUE, cast.other_mentee
    step.save()
    assert titles(cast, "other_mentee") == []


@pytest.mark.parametrize("state", [CaseState.FOLLOWING, CaseState.CLOSED])
def test_a_presenter_sees_both_checks_until_they_are_made_in_this_turn(cast, state):
    case = filed(cast, state=state, **({"closed_by": cast.officer} if state == CaseState.CLOSED else {}))
    first, second = datetime.date(2019, 1, 30), datetime.date(2019, 3, 31)
    assert titles(cast, "mentee") == [
        (first, "30天回访：第1号，车夜里停到哪里去"), (second, "90天回访：第1号，车夜里停到哪里去")
    ]  # fmt: skip
    assert [day for day, _title in titles(cast, "mentee", since=second)] == [second]
    make_note(case, cast.mentee, NoteKind.AFTER_30, check_result=Check.HOLDS)
    assert [day for day, _title in titles(cast, "mentee")] == [second]
    Case.objects.update(reopened=1)  # the check was one of the turn before
    assert [day for day, _title in titles(cast, "mentee")] == [first, second]


def test_before_the_plan_is_carried_out_there_is_nothing_to_check(cast):
    filed(cast, state=CaseState.ACTING, settled_on=DUE)
    assert titles(cast, "mentee") == []


def test_a_sensitive_case_is_a_number_in_the_calendar(cast):
    case = filed(cast, state=CaseState.CONSULTING, sensitive=True, title="小雨的事")
    make_consult(case, cast.mentor_row, cast.officer)
    assert titles(cast, "mentor") == [(DUE, "会诊答复：第1号")]


def test_in_english_too(cast):
    make_consult(filed(cast, state=CaseState.CONSULTING), cast.mentor_row, cast.officer)
    with translation.override("en"):
        ((_day, title),) = titles(cast, "mentor")
    assert "车夜里停到哪里去" in title


def test_it_costs_the_same_for_one_of_each_and_for_three(cast, count_queries):
    def more(number):
        make_consult(filed(cast, number, state=CaseState.CONSULTING), cast.mentor_row, cast.officer)
        own = make_case(
            cast.cohort, cast.mentor_row.secretary, cast.mentor, number=number + 10, state=CaseState.FOLLOWING
        )
        make_step(own, cast.mentor_row.secretary)

    more(1)
    clinic_entries(cast.mentor, cast.studio, FROM, TO)  # reads the mentor's roles
    one = count_queries(lambda: clinic_entries(cast.mentor, cast.studio, FROM, TO))
    more(2)
    more(3)
    assert (
        count_queries(lambda: clinic_entries(cast.mentor, cast.studio, FROM, TO)) == one == 6
    )  # the kinds, the cohort, four of the clinic
    assert len(titles(cast, "mentor")) == 12


# Reminders


def test_a_mentor_is_reminded_softly_and_once_a_day(cast):
    make_consult(filed(cast, state=CaseState.CONSULTING), cast.mentor_row, cast.officer)
    for day, number in ((datetime.date(2018, 11, 9), 0), (datetime.date(2018, 11, 12), 1), (DUE, 2)):
        on(cast.studio, day)
        remind_cases()
        call_command("remind_cases", verbosity=0)
        assert len(sent("case_opinion_due")) == number
    (name, text) = sent("case_opinion_due")[0]
    assert name == "沈桂芳"
    assert text == "第1号，车夜里停到哪里去。说好2018-11-15前听您的意见，几句话就行，也可以打电话请专员代记。"
    on(cast.studio, datetime.date(2018, 11, 20))
    assert remind_cases() == 1
    text = sent("case_opinion_due")[-1][1]
    assert "方便时写几句" in text
    assert not any(word in text for word in ("逾期", "超期", "尽快", "催"))


def test_who_has_answered_or_declined_is_left_in_peace(cast):
    on(cast.studio, DUE)
    case = filed(cast, state=CaseState.CONSULTING)
    make_opinion(make_consult(case, cast.mentor_row, cast.officer))
    make_consult(case, cast.other_mentor_row, cast.officer, declined_at=timezone.now())
    opened = filed(cast, 2, state=CaseState.ACTING, reply_due=DUE)
    make_consult(opened, cast.mentor_row, cast.officer)
    assert remind_cases() == 0
    assert not Notice.objects.exists()


def test_owners_of_steps_are_reminded_and_an_office_by_name_has_no_inbox(cast):
    on(cast.studio, DUE)
    case = filed(cast, state=CaseState.ACTING)
    make_step(case, cast.other_mentee_row.secretary, due=DUE)
    make_step(case, order=2, due=DUE)
    make_step(case, SecretaryFactory(studio=cast.studio), order=3, due=DUE)
    make_step(case, cast.mentee_row.secretary, order=4, due=DUE, done_on=DUE, done_by=cast.mentee)
    assert remind_cases() == 1
    ((name, text),) = sent("case_step_due")
    assert name == "钱立峰"
    assert "这一步是：一周夜间清点并公布" in text


def test_presenters_are_reminded_of_one_check_at_a_time(cast):
    case = filed(cast, state=CaseState.FOLLOWING, settled_on=DUE - datetime.timedelta(days=30))
    on(cast.studio, DUE)
    assert (remind_cases(), remind_cases()) == (1, 0)
    ((name, text),) = sent("case_check_due")
    assert (name, "稳住了没有" in text) == ("何嘉怡", True)
    on(cast.studio, DUE + datetime.timedelta(days=60))  # the day of the second; the first is still owed
    Case.objects.update(reminded_on=None)
    make_note(case, cast.mentee, NoteKind.AFTER_30, check_result=Check.HOLDS)
    assert remind_cases() == 1
    assert words_of(Notice.objects.order_by("created_at").last(), "zh-hans").title == "90天回访快到日子了"


def test_a_reminder_of_a_sensitive_case_tells_nothing_of_it(cast):
    on(cast.studio, DUE)
    facts = {"sensitive": True, "title": "小雨的事"}
    make_consult(filed(cast, 1, state=CaseState.CONSULTING, **facts), cast.mentor_row, cast.officer)
    make_step(filed(cast, 2, state=CaseState.ACTING, **facts), cast.mentee_row.secretary, due=DUE, text="去小雨家")
    filed(cast, 3, state=CaseState.FOLLOWING, settled_on=DUE - datetime.timedelta(days=30), **facts)
    assert remind_cases() == 3
    for notice in Notice.objects.all():
        assert "小雨" not in str(notice.particulars)
        assert "第" in words_of(notice, "zh-hans").text


def test_where_nobody_knows_the_working_days_only_the_day_itself_is_reminded(cast):
    far = datetime.date(2098, 3, 6)
    make_consult(filed(cast, state=CaseState.CONSULTING, reply_due=far), cast.mentor_row, cast.officer)
    on(cast.studio, far - datetime.timedelta(days=3))
    assert remind_cases() == 0
    Holiday.objects.bulk_create(
        Holiday(studio=cast.studio, date=far - datetime.timedelta(days=back), is_working=True) for back in range(4)
    )
    assert remind_cases() == 1
