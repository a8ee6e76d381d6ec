"""Pairs and their changes; domain.md §2.19, §3.2 and §3.7."""

import datetime

import pytest

from cohorts import actions
from cohorts.choices import MenteeStatus, RosterKind, WithdrawReason
from cohorts.models import Mentee, Mentor, Pairing, RosterChange
from cohorts.queries import mentors_with_places, roster_on, vacancies
from mentorship.audit.models import Entry
from mentorship.notifications.models import Receipt
from tests.factories import RoleGrantFactory, UserFactory

from .conftest import STARTS, TALK, D, refused, verbs


def test_seats_run_out(lead, year):
    actions.withdraw(
        by=lead, mentee=year.mentees[0], date=D(2018, 10, 1), reason="调动", withdraw_reason=WithdrawReason.TRANSFER
    )
    assert [free for _mentor, free in mentors_with_places(year.mentees[2])] == [1]
    refused(
        "2个席位都满了",
        actions.repair,
        by=lead,
        mentee=year.mentees[1],
        to_mentor=year.mentors[1],
        date=D(2018, 10, 2),
        reason="换",
    )


def test_a_mentee_has_one_mentor_at_a_time(lead, year):
    refused("已经有师傅", actions.begin_pairing, by=lead, mentor=year.mentors[1], mentee=year.mentees[0], starts=STARTS)


@pytest.fixture
def open_seat(lead, year):
    actions.withdraw(
        by=lead, mentee=year.mentees[2], date=D(2018, 10, 1), reason="调往外区", withdraw_reason=WithdrawReason.TRANSFER
    )
    return year


def test_re_pairing_ends_one_row_and_begins_another(lead, open_seat):
    mentee, old, new = open_seat.mentees[0], *open_seat.mentors
    change = actions.repair(by=lead, mentee=mentee, to_mentor=new, date=D(2018, 11, 1), reason="路太远")
    first, second = mentee.pairings.order_by("starts")
    assert (first.mentor, first.ends, second.mentor, second.starts) == (old, D(2018, 11, 1), new, D(2018, 11, 1))
    assert (change.kind, change.from_mentor, change.to_mentor) == (RosterKind.REPAIR, old, new)
    assert "roster.repaired" in verbs(mentee)
    assert verbs(first)[-1] == "pairing.ended"


def seated(cohort, day):
    return {
        seat.pairing.mentee: (bay.mentor, seat.state)
        for bay in roster_on(cohort, day)
        for seat in bay.seats
        if seat.pairing
    }


def test_the_board_is_seen_as_of_any_day(lead, open_seat):
    first, _, left, _ = open_seat.mentees
    actions.pause(by=lead, mentee=first, date=D(2018, 10, 10), reason="产假")
    actions.resume(by=lead, mentee=first, date=D(2018, 10, 20), reason="回来了")
    actions.repair(by=lead, mentee=first, to_mentor=open_seat.mentors[1], date=D(2018, 11, 1), reason="路太远")
    cohort, (one, two) = open_seat.cohort, open_seat.mentors
    assert left in seated(cohort, D(2018, 9, 30))
    assert left not in seated(cohort, D(2018, 10, 1))  # the last day is not counted
    assert seated(cohort, D(2018, 10, 15))[first] == (one, MenteeStatus.PAUSED)
    assert seated(cohort, D(2018, 10, 31))[first] == (one, MenteeStatus.CHOSEN)
    assert seated(cohort, D(2018, 11, 1))[first] == (two, MenteeStatus.CHOSEN)
    assert seated(cohort, D(2018, 8, 14)) == {}


def test_pause_and_resume_keep_the_pair(lead, year):
    mentee = year.mentees[0]
    actions.pause(by=lead, mentee=mentee, date=D(2018, 11, 1), reason="产假", until=D(2019, 1, 1))
    assert mentee.status == MenteeStatus.PAUSED
    assert mentee.pairings.current().count() == 1
    refused("已经暂停", actions.pause, by=lead, mentee=mentee, date=D(2018, 11, 2), reason="再停")
    refused("暂停之后", actions.resume, by=lead, mentee=mentee, date=D(2018, 10, 30), reason="早了")
    actions.resume(by=lead, mentee=mentee, date=D(2018, 11, 20), reason="回来了")
    assert mentee.status == MenteeStatus.CHOSEN
    refused("没有暂停", actions.resume, by=lead, mentee=mentee, date=D(2018, 11, 21), reason="再来")


def test_extension_runs_from_the_last_day_by_the_rule(lead, cast, year):
    mentee = year.mentees[0]
    change = actions.extend(by=lead, mentee=mentee, date=D(2018, 12, 1), reason="补课", proposed_by=cast.officer)
    assert change.until == D(2019, 11, 15)
    assert mentee.status == MenteeStatus.EXTENDED
    actions.pause(by=lead, mentee=mentee, date=D(2018, 12, 2), reason="病")
    actions.resume(by=lead, mentee=mentee, date=D(2018, 12, 3), reason="好了")
    assert mentee.status == MenteeStatus.EXTENDED


@pytest.mark.parametrize("why", sorted(WithdrawReason.needing_talk()))
def test_some_exits_need_a_talk_first(lead, cast, year, why):
    mentee, facts = year.mentees[0], {"date": D(2018, 11, 20), "reason": "两次谈话以后", "withdraw_reason": why}
    refused("先有提醒谈话", actions.withdraw, by=lead, mentee=mentee, **facts)
    actions.record_talk(by=lead, mentee=year.mentees[1], date=D(2018, 11, 1), **TALK)  # another's talk is none
    refused("先有提醒谈话", actions.withdraw, by=lead, mentee=mentee, **facts)
    actions.record_talk(by=lead, mentee=mentee, date=D(2018, 11, 25), **TALK)  # after the exit is too late
    refused("先有提醒谈话", actions.withdraw, by=lead, mentee=mentee, **facts)
    talk = actions.record_talk(by=lead, mentee=mentee, date=D(2018, 11, 1), limit_date=D(2018, 11, 10), **TALK)
    refused("要两个人", actions.withdraw, by=lead, mentee=mentee, **facts)
    change = actions.withdraw(by=lead, mentee=mentee, proposed_by=cast.officer, **facts)
    assert change.talk == talk
    assert mentee.status == MenteeStatus.WITHDRAWN
    assert not mentee.pairings.current().exists()


def test_the_agreed_limit_is_waited_for(lead, year):
    actions.record_talk(by=lead, mentee=year.mentees[0], date=D(2018, 11, 1), limit_date=D(2018, 12, 20), **TALK)
    refused(
        "限期是2018-12-20",
        actions.withdraw,
        by=lead,
        mentee=year.mentees[0],
        date=D(2018, 11, 20),
        reason="急",
        withdraw_reason="failed_twice",
    )


def test_what_was_said_in_a_talk_stays_out_of_the_audit(lead, year):
    actions.record_talk(by=lead, mentee=year.mentees[0], date=D(2018, 11, 1), **TALK)
    entry = Entry.objects.about(year.mentees[0]).get(verb="roster.talk_recorded")
    assert "缺席三次" not in str(entry.after)


def test_the_first_reserve_takes_the_very_seat(lead, open_seat):
    left = open_seat.mentees[2].pairings.get()
    change = actions.substitute(by=lead, replaces=open_seat.mentees[2], date=D(2018, 10, 20), reason="街道推荐")
    assert change.mentee == open_seat.reserve[0]
    taken = change.mentee.pairings.get()
    assert (taken.mentor, taken.seat, taken.starts) == (left.mentor, left.seat, D(2018, 10, 20))
    change.mentee.refresh_from_db()
    assert (change.mentee.status, change.mentee.reserve_rank) == (MenteeStatus.CHOSEN, None)
    assert vacancies(open_seat.cohort) == []
    refused(
        "已经有人递补", actions.substitute, by=lead, replaces=open_seat.mentees[2], date=D(2018, 10, 21), reason="再"
    )


def test_a_named_reserve_may_go_first_but_nobody_else(lead, open_seat):
    gone = open_seat.mentees[2]
    refused(
        "不在后备名单里",
        actions.substitute,
        by=lead,
        replaces=gone,
        mentee=open_seat.mentees[0],
        date=D(2018, 10, 20),
        reason="x",
    )
    change = actions.substitute(
        by=lead, replaces=gone, mentee=open_seat.reserve[1], date=D(2018, 10, 20), reason="面谈"
    )
    assert change.mentee == open_seat.reserve[1]


def test_substitution_keeps_to_its_sixty_days_and_the_eighth_month(lead, open_seat):
    gone = open_seat.mentees[2]
    refused(
        "最晚2018-11-30可以递补：空缺后60天内",
        actions.substitute,
        by=lead,
        replaces=gone,
        date=D(2018, 12, 1),
        reason="晚",
    )
    actions.change_rules(by=lead, cohort=open_seat.cohort, values={"substitute_before_month": 3})
    refused(
        "最晚2018-10-14可以递补：第3个月以前",
        actions.substitute,
        by=lead,
        replaces=gone,
        date=D(2018, 10, 15),
        reason="晚",
    )
    refused("才空出来", actions.substitute, by=lead, replaces=gone, date=D(2018, 9, 30), reason="早")
    assert [row.open_on for row in vacancies(open_seat.cohort)] == [False]
    actions.substitute(by=lead, replaces=gone, date=D(2018, 10, 14), reason="最后一天")


def test_an_empty_reserve_list_is_said(lead, open_seat):
    Mentee.objects.filter(status=MenteeStatus.RESERVE).update(status=MenteeStatus.DECLINED, reserve_rank=None)
    refused(
        "后备名单是空的", actions.substitute, by=lead, replaces=open_seat.mentees[2], date=D(2018, 10, 20), reason="x"
    )


@pytest.mark.parametrize(("day", "words"), [(D(2018, 8, 14), "早于这一批"), (D(2019, 1, 1), "日期最晚填到2018-12-31")])
def test_dates_stay_within_the_year_and_thirty_days_ahead(lead, year, day, words):
    refused(words, actions.pause, by=lead, mentee=year.mentees[0], date=day, reason="x")
    actions.pause(by=lead, mentee=year.mentees[0], date=D(2018, 12, 31), reason="刚好")


def test_nobody_decides_on_their_own_pair(lead, open_seat):
    mentor = open_seat.mentors[0]
    mentor.secretary.user = lead
    mentor.secretary.save()
    mentee, facts = open_seat.mentees[0], {"by": lead, "date": D(2018, 11, 1), "reason": "x"}
    refused("与您本人有关", actions.repair, mentee=mentee, to_mentor=open_seat.mentors[1], **facts)
    refused("与您本人有关", actions.withdraw, mentee=mentee, withdraw_reason="transfer", **facts)
    refused("与您本人有关", actions.pause, mentee=mentee, **facts)
    assert Pairing.objects.get(mentee=mentee).ends is None


def test_a_refused_change_leaves_nothing_behind(lead, open_seat):
    mentee, entries = open_seat.mentees[0], Entry.objects.count()
    refused(
        "写一句原因",
        actions.repair,
        by=lead,
        mentee=mentee,
        to_mentor=open_seat.mentors[1],
        date=D(2018, 11, 1),
        reason=" ",
    )
    assert mentee.pairings.get().ends is None
    assert RosterChange.objects.filter(mentee=mentee).count() == 0
    assert Entry.objects.count() == entries


def test_the_people_concerned_are_told(lead, open_seat):
    mentee, old, new = open_seat.mentees[0], *open_seat.mentors
    users = []
    for row in (mentee, old, new):
        row.secretary.user = UserFactory()
        row.secretary.save()
        users.append(row.secretary.user)
    liaison = UserFactory()
    RoleGrantFactory(
        user=liaison, studio=open_seat.cohort.studio, role="liaison", subdistrict=mentee.secretary.community.subdistrict
    )
    actions.repair(
        by=lead,
        mentee=Mentee.objects.get(pk=mentee.pk),
        to_mentor=Mentor.objects.get(pk=new.pk),
        date=D(2018, 11, 1),
        reason="路太远",
    )
    told = Receipt.objects.filter(notice__kind="roster_changed", recipient__in=[*users, liaison])
    assert {row.recipient for row in told} == {*users, liaison}
    assert "路太远" not in str([row.notice.particulars for row in told])


def test_a_day_ahead_is_counted_from_the_studios_day(lead, year):
    ahead = year.cohort.studio.today() + datetime.timedelta(days=31)
    refused(
        "日期最晚", actions.withdraw, by=lead, mentee=year.mentees[0], date=ahead, reason="x", withdraw_reason="health"
    )
