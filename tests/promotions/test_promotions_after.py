"""Notice, objections, appeals, effect; and what the calendar has to say."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Tier
from evaluations.promotions import actions
from evaluations.promotions.models import Appeal, Candidate, Objection, TierStep
from evaluations.promotions.pages import days_left
from mentorship.accounts.models import User
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice
from mentorship.places.models import Holiday
from tests.conftest import signed_in
from tests.recorded import Recorded

from .conftest import NOTICE_DAY, REVIEW_DAY, arrive, decide, fresh, set_today, with_panel

D = datetime.date


def publish(panel, **more):
    facts = {"starts": NOTICE_DAY, "venues": "公告栏", "contact": "62570001"}
    return actions.publish_notice(by=panel.cast.lead, review=fresh(panel.review), **facts | more)


def with_result():
    cast = with_panel()
    panel = cast.panel
    arrive(panel, 8)
    decide(panel, panel.candidates[0], 7, skip=[panel.members[2]])
    decide(panel, panel.candidates[1], 4, 1, 3)
    decide(panel, panel.candidates[2], 5, 2, 1)
    actions.conclude(by=cast.lead, review=fresh(panel.review))
    return cast


def with_notice():
    cast = with_result()
    cast.panel.notice = publish(cast.panel)
    set_today(cast.studio, D(2019, 8, 9))
    return cast


BEGINS = {"noticed": Recorded(with_notice), "concluded": Recorded(with_result)}


@pytest.fixture
def concluded(panel):
    return panel


@pytest.fixture
def noticed(panel):
    return panel


def user(person):
    return User.objects.get(pk=person.pk)


def objection(panel, **more):
    facts = {"candidate": panel.candidates[0], "channel": "page", "content": "两篇日志内容相近"}
    return actions.receive(by=None, notice=fresh(panel.notice), **facts | more)


def test_the_notice_hangs_for_the_demo_s_five_days(noticed):
    assert (noticed.notice.starts, noticed.notice.ends) == (D(2019, 8, 7), D(2019, 8, 13))
    assert noticed.notice.subject == "尖子学员人选公示"
    assert [str(row) for row in fresh(noticed.notice).people] == ["何嘉怡", "高建国"]
    count = days_left(fresh(noticed.notice), D(2019, 8, 12))
    assert (count["over"], count["all"]) == (3, 5)


def test_a_day_off_in_the_studio_s_table_moves_the_end(concluded):
    actions.set_holiday(by=concluded.cast.officer, studio=concluded.studio, date=D(2019, 8, 9), is_working=False)
    assert publish(concluded).ends == D(2019, 8, 14)


def test_beyond_the_calendar_the_organizer_is_told_what_to_do(concluded):
    with pytest.raises(Refused, match="节假日表") as refused:
        publish(concluded, starts=D(2090, 1, 4))
    assert refused.value.field == "starts"
    assert fresh(concluded.review).state == "concluded"
    for n in range(9):
        day = D(2090, 1, 4) + datetime.timedelta(days=n)
        actions.set_holiday(by=concluded.cast.officer, studio=concluded.studio, date=day, is_working=n not in {3, 4})
    assert publish(concluded, starts=D(2090, 1, 4)).ends == D(2090, 1, 10)


def test_a_day_is_corrected_in_place_and_removed(panel):
    facts = {"by": panel.cast.officer, "studio": panel.studio, "date": D(2019, 8, 9)}
    actions.set_holiday(**facts, is_working=False, note="台风")
    row = actions.set_holiday(**facts, is_working=True, note="不放了")
    assert Holiday.objects.table_of(panel.studio) == {D(2019, 8, 9): True}
    actions.remove_holiday(by=panel.cast.officer, holiday=row)
    assert Holiday.objects.table_of(panel.studio) == {}
    assert Entry.objects.filter(verb__startswith="holiday.").count() == 3


def test_nothing_is_noticed_before_the_meeting_is_concluded(panel):
    with pytest.raises(Refused):
        publish(panel)


def test_each_candidate_is_told_alone_where_to_read_the_result(concluded):
    told = {notice.receipts.get().recipient: notice.url for notice in Notice.objects.filter(kind="review_result")}
    assert told == {
        concluded.cast.mentee: f"/promotions/candidates/{concluded.candidates[0].pk}/result/",
        concluded.cast.other_mentee: f"/promotions/candidates/{concluded.candidates[1].pk}/result/",
    }
    assert not any(notice.particulars for notice in Notice.objects.filter(kind="review_result"))


def test_it_takes_effect_the_day_after_the_notice(noticed):
    set_today(noticed.studio, D(2019, 8, 13))
    with pytest.raises(Refused, match="期满"):
        actions.take_effect(by=noticed.cast.lead, review=fresh(noticed.review))
    set_today(noticed.studio, D(2019, 8, 14))
    steps = actions.take_effect(by=noticed.cast.lead, review=fresh(noticed.review))
    assert {str(step.mentee): step.to_tier for step in steps} == {"何嘉怡": Tier.TOP, "高建国": Tier.TOP}
    assert fresh(noticed.cast.mentee_row).tier == Tier.TOP
    assert fresh(noticed.cast.other_mentee_row).tier == Tier.KEY
    assert fresh(noticed.review).effective_on == D(2019, 8, 14)
    with pytest.raises(Refused):
        actions.take_effect(by=noticed.cast.lead, review=fresh(noticed.review))


def settle(panel, row, outcome, reply="两篇同为一次联合指导，师徒各记一篇。"):
    officer, lead = user(panel.cast.officer), user(panel.cast.lead)
    actions.assign(by=lead, objection=row, checker_1=officer, checker_2=lead)
    actions.find(by=officer, objection=row, finding="调了原始日志", outcome=outcome, reply=reply)
    return actions.answer_objection(by=lead, objection=row)


def test_an_open_objection_holds_everything_up(noticed):
    row = objection(noticed, name="一居民", contact="62570002")
    assert row.signed
    set_today(noticed.studio, D(2019, 8, 14))
    with pytest.raises(Refused, match="没有结论"):
        actions.take_effect(by=noticed.cast.lead, review=fresh(noticed.review))
    settle(noticed, row, "not_upheld")
    assert fresh(row).replied_on == D(2019, 8, 14)
    assert len(actions.take_effect(by=noticed.cast.lead, review=fresh(noticed.review))) == 2


def test_upheld_the_person_comes_off_the_list(noticed):
    row = settle(noticed, objection(noticed), "upheld")
    assert fresh(row.candidate).withdrawn_on == D(2019, 8, 9)
    set_today(noticed.studio, D(2019, 8, 14))
    steps = actions.take_effect(by=noticed.cast.lead, review=fresh(noticed.review))
    assert [str(step.mentee) for step in steps] == ["高建国"]
    assert fresh(noticed.cast.mentee_row).tier == Tier.KEY


def test_neither_the_mentor_nor_the_candidate_checks(noticed):
    row, lead = objection(noticed), user(noticed.cast.lead)
    for person in (noticed.cast.mentor, noticed.cast.mentee):
        with pytest.raises(Refused, match="回避"):
            actions.assign(by=lead, objection=row, checker_1=user(person), checker_2=lead)
    with pytest.raises(Refused, match="同一个人"):
        actions.assign(by=lead, objection=row, checker_1=lead, checker_2=lead)
    with pytest.raises(Refused, match="不在本工作室"):
        actions.assign(by=lead, objection=row, checker_1=user(noticed.cast.stranger), checker_2=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=row.pk).update(checker_1=lead, checker_2=lead)


def test_one_checker_alone_decides_nothing(noticed):
    row, officer, lead = objection(noticed), user(noticed.cast.officer), user(noticed.cast.lead)
    actions.assign(by=lead, objection=row, checker_1=officer, checker_2=lead)
    with pytest.raises(PermissionDenied):
        actions.find(by=user(noticed.cast.reviewer), objection=row, finding="查了", outcome="upheld")
    actions.find(by=officer, objection=row, finding="查了", outcome="upheld")
    with pytest.raises(Refused, match="另一位"):
        actions.answer_objection(by=officer, objection=row)
    actions.send_back(by=lead, objection=row)
    with pytest.raises(Refused, match="还没有核查情况"):
        actions.answer_objection(by=lead, objection=fresh(row))


def test_the_second_checker_presses_one_of_two_buttons(noticed):
    row, officer, lead = objection(noticed), user(noticed.cast.officer), user(noticed.cast.lead)
    actions.assign(by=lead, objection=row, checker_1=officer, checker_2=lead)
    buttons = {name: reverse(f"promotions:{name}", args=[row.pk]) for name in ("send_back", "agree")}
    for button in buttons.values():
        assert signed_in(lead).get(button).status_code == 405
        assert signed_in(noticed.cast.reviewer).post(button).status_code == 404
    actions.find(by=officer, objection=row, finding="查了", outcome="not_upheld")
    signed_in(lead).post(buttons["send_back"])
    assert fresh(row).found_by is None
    actions.find(by=officer, objection=fresh(row), finding="又查了", outcome="not_upheld")
    signed_in(lead).post(buttons["agree"])
    assert (fresh(row).state, fresh(row).outcome) == ("decided", "not_upheld")


def test_the_signed_are_answered(noticed):
    row, officer, lead = objection(noticed, name="一居民"), user(noticed.cast.officer), user(noticed.cast.lead)
    actions.assign(by=lead, objection=row, checker_1=officer, checker_2=lead)
    with pytest.raises(Refused) as refused:
        actions.find(by=officer, objection=row, finding="查了", outcome="not_upheld")
    assert refused.value.field == "reply"


def test_an_objection_is_seen_by_its_handlers_only(noticed):
    row = objection(noticed)
    seen = {
        name
        for name in ("lead", "officer", "leader", "reviewer", "mentor", "mentee", "liaison", "stranger", "nobody")
        if Objection.objects.visible_to(user(getattr(noticed.cast, name))).filter(pk=row.pk).exists()
    }
    assert seen == {"lead"}
    reviewer, officer = user(noticed.cast.reviewer), user(noticed.cast.officer)
    actions.assign(by=user(noticed.cast.lead), objection=row, checker_1=reviewer, checker_2=officer)
    assert Objection.objects.visible_to(user(noticed.cast.officer)).exists()
    noticed.cast.officer.role_grants.update(revoked_at=timezone.now())
    assert not Objection.objects.visible_to(user(noticed.cast.officer)).exists(), "moved to another studio"


def test_the_trail_never_holds_what_was_said_or_by_whom(noticed):
    settle(noticed, objection(noticed, name="张阿婆", content="他抄日志"), "not_upheld")
    told = " ".join(str((entry.object_name, entry.before, entry.after)) for entry in Entry.objects.all())
    assert "张阿婆" not in told
    assert "抄日志" not in told
    assert Entry.objects.filter(verb="objection.decided").exists()


def test_an_objection_comes_within_the_days(noticed):
    with pytest.raises(Refused, match="公示期"):
        objection(noticed, received=D(2019, 8, 6))
    set_today(noticed.studio, D(2019, 8, 14))
    with pytest.raises(Refused, match="公示期"):
        objection(noticed)


def test_review_first_then_appeal_each_with_its_clock(noticed):
    person = user(noticed.cast.other_mentee)
    first = actions.file_appeal(by=person, candidate=fresh(noticed.candidates[1]), ground="材料漏了两次")
    assert (first.kind, first.due) == ("review", D(2019, 8, 23))
    with pytest.raises(Refused, match="还没有答复"):
        actions.file_appeal(by=person, candidate=fresh(noticed.candidates[1]), ground="再来")
    set_today(noticed.studio, D(2019, 8, 20))
    actions.decide_appeal(by=noticed.cast.lead, appeal=fresh(first), outcome="kept", decision="核对无误")
    second = actions.file_appeal(by=person, candidate=fresh(noticed.candidates[1]), ground="不同意")
    assert (second.kind, second.due) == ("appeal", D(2019, 8, 27))
    with pytest.raises(Refused, match="没有做过复核"):
        actions.decide_appeal(by=noticed.cast.lead, appeal=fresh(second), outcome="kept", decision="同前")
    with pytest.raises(Refused):
        actions.file_appeal(by=person, candidate=fresh(noticed.candidates[1]), ground="第三次")


def test_an_appeal_comes_in_time_and_from_the_person(noticed):
    with pytest.raises(PermissionDenied):
        actions.file_appeal(by=user(noticed.cast.mentee), candidate=fresh(noticed.candidates[1]), ground="替他")
    set_today(noticed.studio, D(2019, 8, 14))
    with pytest.raises(Refused, match="2019-08-13"):
        actions.file_appeal(by=user(noticed.cast.other_mentee), candidate=fresh(noticed.candidates[1]), ground="晚了")
    assert not Appeal.objects.exists()


def test_the_project_lead_names_key_mentees(panel):
    set_today(panel.studio, REVIEW_DAY)
    mentee = panel.cast.mentee_row
    with pytest.raises(Refused, match="不能列入"):
        actions.name_key_mentees(
            by=panel.cast.lead, cohort=panel.cohort, mentees=[mentee], date=REVIEW_DAY, basis="前40%"
        )
    mentee.tier = Tier.MENTEE
    mentee.save()
    facts = {"mentees": [mentee], "date": REVIEW_DAY, "basis": "半年评估前40%"}
    with pytest.raises(Refused, match="半年评估前40%还没有数据") as told:
        actions.name_key_mentees(by=panel.cast.lead, cohort=panel.cohort, **facts)
    assert told.value.field == "exception"
    actions.name_key_mentees(by=panel.cast.lead, cohort=panel.cohort, exception="评估表还在录，师傅都赞成", **facts)
    assert Entry.objects.filter(verb="mentees.named_key").get().after["exception"] == "评估表还在录，师傅都赞成"
    assert TierStep.objects.get().to_tier == Tier.KEY
    assert fresh(mentee).tier == Tier.KEY


@pytest.mark.parametrize(
    ("row", "change"),
    [
        (Candidate, {"state": "decided", "result": ""}),
        (Candidate, {"result": "passed"}),
    ],
)
def test_the_database_refuses_half_a_result(panel, row, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        row.objects.filter(pk=panel.candidates[0].pk).update(**change)
