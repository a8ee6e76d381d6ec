"""分诊, 开方, 合议: who may do what and when, and what it leaves behind."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.clinic.access import may_read_whole
from cohorts.clinic.actions import consulting, discussing
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import Case, Consult, Opinion
from cohorts.clinic.queries.case import reader_of
from mentorship.accounts.models import Assistant
from mentorship.accounts.roles import Role
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of
from tests.factories import RoleGrantFactory

from .consult_kit import TODAY, asked, consult, fresh, give, released, set_day, third_mentor, waiting


def titles(user):
    rows = Receipt.objects.filter(recipient=user).select_related("notice").order_by("created_at")
    return [words_of(row.notice, "zh-hans").title for row in rows]


def acting(user, typist):
    user.acting_user = typist
    return user


# Triage


def test_triage_asks_tells_and_sets_the_day(cast):
    case = waiting(cast)
    consulting.triage(by=cast.officer, case=case, mentors=[cast.mentor_row, cast.other_mentor_row], urgency="urgent")
    case = fresh(case)
    assert (case.state, case.urgency, case.reply_due) == (CaseState.CONSULTING, "urgent", datetime.date(2018, 11, 6))
    assert {row.mentor for row in case.consults.all()} == {cast.mentor_row, cast.other_mentor_row}
    assert case.notes.get().kind == NoteKind.TRIAGED
    assert titles(cast.mentor) == titles(cast.other_mentor) == ["想请您看一件难事"]
    assert titles(cast.mentee) == ["您提交的“车夜里停到哪里去”请了2位师傅会诊"]
    assert Entry.objects.filter(verb="case.triaged", object_id=str(case.pk)).exists()


def test_the_office_may_say_the_day_but_not_one_that_is_past(cast):
    case = waiting(cast)
    with pytest.raises(Refused, match="早于今天"):
        consulting.triage(
            by=cast.officer, case=case, mentors=[cast.mentor_row], reply_due=TODAY - datetime.timedelta(days=1)
        )
    consulting.triage(by=cast.officer, case=case, mentors=[cast.mentor_row], reply_due=TODAY)
    assert fresh(case).reply_due == TODAY


def test_triage_needs_mentors_who_can_be_asked(cast):
    case = waiting(cast)
    for mentors in ([], [cast.foreign_mentor_row]):
        with pytest.raises(Refused) as refused:
            consulting.triage(by=cast.officer, case=case, mentors=mentors)
        assert refused.value.field == "mentors"
    assert not Consult.objects.exists()
    assert fresh(case).state == CaseState.WAITING


def test_nobody_triages_or_opens_their_own_case(cast):
    RoleGrantFactory(user=cast.mentee, studio=cast.studio, role=Role.OFFICER)
    case = waiting(cast)
    with pytest.raises(Refused, match="您自己提的"):
        consulting.triage(by=cast.mentee, case=case, mentors=[cast.mentor_row])
    with pytest.raises(Refused, match="您自己提的"):
        consulting.triage(by=acting(cast.mentor, cast.mentee), case=case, mentors=[cast.mentor_row])
    cast.mentor.acting_user = None
    case = asked(cast, number=2)
    give(case, cast.mentor_row)
    with pytest.raises(Refused, match="您自己提的"):
        consulting.release(by=cast.mentee, case=case, reason="急")
    assert not fresh(case).is_released


def test_a_case_is_triaged_once_and_more_are_asked_until_it_is_open(cast):
    third = third_mentor(cast)
    case = asked(cast)
    with pytest.raises(Refused, match="会诊中"):
        consulting.triage(by=cast.officer, case=case, mentors=[third])
    consulting.ask_more(by=cast.officer, case=case, mentors=[third])
    assert titles(third.secretary.user) == ["想请您看一件难事"]
    with pytest.raises(Refused):
        consulting.ask_more(by=cast.officer, case=case, mentors=[third])
    for mentor in (cast.mentor_row, cast.other_mentor_row, third):
        give(case, mentor)
    with pytest.raises(Refused, match="已经公开"):
        consulting.ask_more(by=cast.officer, case=fresh(case), mentors=[third])


def test_a_mentor_is_called_off_only_before_an_answer_and_never_the_last(cast):
    case = asked(cast)
    give(case, cast.mentor_row)
    with pytest.raises(Refused, match="已经开了方"):
        consulting.call_off(by=cast.officer, consult=consult(case, cast.mentor_row))
    consulting.call_off(by=cast.officer, consult=consult(case, cast.other_mentor_row))
    assert not Case.objects.visible_to(cast.other_mentor).filter(pk=case.pk).exists()
    assert titles(cast.other_mentor)[-1] == "第1号会诊不用您费心了"
    assert fresh(case).is_released, "everyone who is still asked has answered"
    alone = asked(cast, cast.mentor_row, number=2)
    with pytest.raises(Refused, match="至少留一位"):
        consulting.call_off(by=cast.officer, consult=consult(alone, cast.mentor_row))


# Opinions


def test_only_the_mentor_asked_gives_an_opinion(cast):
    case = asked(cast, cast.mentor_row)
    for user in (cast.other_mentor, cast.officer, cast.mentee):
        with pytest.raises(PermissionDenied):
            give(case, cast.mentor_row, by=user)
    assert not Opinion.objects.exists()
    opinion = give(case, cast.mentor_row, by=acting(cast.mentor, cast.officer))
    assert opinion.typed_by == cast.officer


@pytest.mark.parametrize("typist", ["other_mentor", "mentee"])
def test_who_has_a_part_of_their_own_types_for_nobody(cast, typist):
    typist = getattr(cast, typist)
    Assistant.objects.create(studio=cast.studio, principal=cast.mentor, helper=typist)
    case = asked(cast)
    with pytest.raises(PermissionDenied):
        give(case, cast.mentor_row, by=acting(cast.mentor, typist))
    cast.mentor.acting_user = None
    give(case, cast.mentor_row)
    assert Opinion.objects.visible_to(cast.mentor).count() == 1
    assert not Opinion.objects.visible_to(acting(cast.mentor, typist)).exists()


def test_who_typed_anothers_opinion_is_not_asked_afterwards(cast):
    case = asked(cast, cast.mentor_row, cast.other_mentor_row)
    third = third_mentor(cast)
    give(case, cast.mentor_row, by=acting(cast.mentor, cast.third_mentor))
    with pytest.raises(Refused, match="替别人录过"):
        consulting.ask_more(by=cast.officer, case=case, mentors=[third])


def test_an_opinion_is_changed_until_it_is_open_and_never_after(cast):
    case = asked(cast)
    first = give(case, cast.mentor_row, "先看看")
    assert (first.version, fresh(case).first_opinion_on) == (1, TODAY)
    with pytest.raises(Stale) as stale:
        give(case, cast.mentor_row, "再想想", version=0)
    assert stale.value.theirs == "先看看"
    changed = give(case, cast.mentor_row, "再想想", version=1)
    assert (changed.text, changed.version) == ("再想想", 2)
    give(case, cast.other_mentor_row)
    with pytest.raises(Refused, match="已经公开"):
        give(fresh(case), cast.mentor_row, "改口", version=2)
    assert Opinion.objects.get(pk=first.pk).text == "再想想"


def test_the_trail_keeps_that_something_was_said_and_never_what(cast):
    case = asked(cast)
    give(case, cast.mentor_row, "只我知道")
    give(case, cast.mentor_row, "只我知道的第二稿", version=1)
    verbs = list(Entry.objects.filter(verb__startswith="opinion.").values_list("verb", flat=True))
    assert sorted(verbs) == ["opinion.changed", "opinion.given"]
    assert not [row for row in Entry.objects.all() if "只我知道" in f"{row.before}{row.after}{row.object_name}"]


def test_opinions_open_by_themselves_when_all_have_answered(cast):
    case = asked(cast)
    give(case, cast.mentor_row)
    assert not fresh(case).is_released
    assert titles(cast.officer) == ["第1号会诊：2位里有1位开了方"]
    give(case, cast.other_mentor_row)
    case = fresh(case)
    assert case.is_released
    assert case.notes.get(kind=NoteKind.OPENED).by is None
    assert titles(cast.mentee)[-1] == "您提交的“车夜里停到哪里去”有2条会诊意见。"
    assert titles(cast.mentor)[-1] == titles(cast.other_mentor)[-1] == "第1号的会诊意见公开了"


def test_of_a_sensitive_case_no_notice_says_the_title(cast):
    case = released(cast, sensitive=True)
    for user in (cast.mentee, cast.mentor, cast.officer):
        for row in Receipt.objects.filter(recipient=user):
            assert case.title not in str(words_of(row.notice, "zh-hans")) + str(words_of(row.notice, "en"))
    assert titles(cast.mentee)[-1] == "您提交的第1号有2条会诊意见。"


def test_the_office_opens_after_the_day_or_with_a_reason(cast):
    case = asked(cast)
    with pytest.raises(Refused, match="还没有人开方"):
        consulting.release(by=cast.officer, case=case, reason="急")
    give(case, cast.mentor_row)
    with pytest.raises(Refused) as refused:
        consulting.release(by=cast.officer, case=case)
    assert refused.value.field == "reason"
    set_day(cast, case.reply_due)
    with pytest.raises(Refused):
        consulting.release(by=cast.officer, case=fresh(case))
    set_day(cast, case.reply_due + datetime.timedelta(days=1))
    consulting.release(by=cast.officer, case=fresh(case))
    assert fresh(case).is_released
    with pytest.raises(Refused, match="已经公开"):
        consulting.release(by=cast.officer, case=fresh(case), reason="再来")


def test_opened_early_the_reason_stands_in_the_course(cast):
    case = asked(cast)
    give(case, cast.mentor_row)
    consulting.release(by=cast.officer, case=case, reason="明天要开听证会")
    note = case.notes.get(kind=NoteKind.OPENED)
    assert (note.text, note.by) == ("明天要开听证会", cast.officer)


def test_an_answer_that_comes_late_says_so(cast):
    case = asked(cast)
    give(case, cast.mentor_row)
    consulting.release(by=cast.officer, case=case, reason="急")
    late = give(case, cast.other_mentor_row)
    assert late.late
    assert titles(cast.mentee)[-1] == "您提交的“车夜里停到哪里去”又有一条会诊意见"
    Case.objects.filter(pk=case.pk).update(state=CaseState.WAITING)
    third = third_mentor(cast)
    Consult.objects.create(studio=cast.studio, case=case, mentor=third, asked_by=cast.officer, asked_on=TODAY)
    Case.objects.filter(pk=case.pk).update(state=CaseState.ESCALATED, released_at=None)
    with pytest.raises(Refused, match="转上级"):
        give(case, third)


def test_who_declines_sees_the_case_no_more_and_may_be_asked_again(cast):
    case = asked(cast)
    give(case, cast.mentor_row)
    with pytest.raises(Refused, match="已经开了方"):
        consulting.decline(by=cast.mentor, consult=consult(case, cast.mentor_row))
    consulting.decline(by=cast.other_mentor, consult=consult(case, cast.other_mentor_row), reason="在外地")
    assert not Case.objects.visible_to(cast.other_mentor).filter(pk=case.pk).exists()
    assert "郑国平这次不便会诊第1号" in titles(cast.officer)
    assert fresh(case).is_released, "the only one left has answered"


def test_asked_again_after_declining(cast):
    case = asked(cast)
    consulting.decline(by=cast.other_mentor, consult=consult(case, cast.other_mentor_row))
    assert not fresh(case).is_released, "nobody has answered"
    consulting.ask_more(by=cast.officer, case=case, mentors=[cast.other_mentor_row])
    assert Case.objects.visible_to(cast.other_mentor).filter(pk=case.pk).exists()
    assert consult(case, cast.other_mentor_row).decline_reason == ""


# Discussion


def test_it_is_discussed_once_all_is_open_until_it_is_closed(cast):
    case = asked(cast)
    with pytest.raises(Refused, match="公开以后"):
        discussing.say(by=cast.mentor, case=case, text="我看")
    give(case, cast.mentor_row)
    give(case, cast.other_mentor_row)
    before = fresh(case).stirred_at
    told = Receipt.objects.count()
    for user in (cast.mentor, cast.mentee, cast.officer):
        discussing.say(by=user, case=fresh(case), text="我看可以")
    assert [row.by for row in case.remarks.all()] == [cast.mentor, cast.mentee, cast.officer]
    assert fresh(case).stirred_at > before
    assert Receipt.objects.count() == told
    for user in (cast.other_mentee, cast.liaison):
        with pytest.raises(PermissionDenied):
            discussing.say(by=user, case=fresh(case), text="我也说")
    with pytest.raises(Refused):
        discussing.say(by=cast.mentor, case=fresh(case), text="  ")


def test_the_page_and_the_actions_agree_on_who_reads_the_whole(cast):
    for case in (waiting(cast), asked(cast, cast.mentor_row, number=2), released(cast, number=3)):
        for user in (
            cast.lead,
            cast.leader,
            cast.mentor,
            cast.other_mentor,
            cast.mentee,
            cast.other_mentee,
            cast.liaison,
        ):
            assert reader_of(user, case).whole == may_read_whole(user, case), (user, case)
