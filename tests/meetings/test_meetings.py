"""A meeting from the first word to its circulated minutes."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.meetings import actions
from cohorts.meetings.choices import Capacity, ItemState, MeetingKind, MeetingState, OutcomeKind, Presence
from cohorts.meetings.models import ActionItem, AgendaItem, Meeting, Minutes
from cohorts.meetings.queries import Seat, agenda_of, body_of, is_whole, seats_of
from cohorts.training.actions import plan_session
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.common.working_days import is_a_day_to_remind
from mentorship.notifications.models import Notice
from tests.factories import BaseFactory
from tests.factories.meetings import DAY, make_guest, make_held, make_item, make_meeting, make_minutes, make_product

FACTS = {
    "kind": MeetingKind.WORK, "topic": "分组", "date": DAY, "starts_at": datetime.time(14), "ends_at": datetime.time(15),
    "place": "会议室",
}  # fmt: skip


def seats_for(cast):
    return [
        Seat(user=cast.lead), Seat(user=cast.officer), Seat(secretary=cast.mentor_row.secretary),
        Seat(name="区委党校", capacity=Capacity.GUEST),
    ]  # fmt: skip


def planned(cast, **more):
    return actions.plan_meeting(
        by=cast.officer, cohort=cast.cohort, seats=seats_for(cast), chair=f"u:{cast.lead.pk}",
        recorder=f"u:{cast.officer.pk}", points=["定分组", "定日志"], **FACTS | more,
    )  # fmt: skip


def recorded(cast, meeting, **more):
    rows = list(seats_of(meeting))
    actions.call_roll(by=cast.officer, meeting=meeting, roll=dict.fromkeys(rows, (Presence.PRESENT, "")))
    owner = next(row for row in rows if row.secretary_id)
    facts = {
        "notes": "谁说了什么", "speeches": [(owner, "先摸底")], "outcomes": {OutcomeKind.DECISION: ["五人一组"]},
        "items": [actions.ItemFacts("摸底表", owner, DAY + datetime.timedelta(days=14), [rows[1]])], "version": meeting.version,
    }  # fmt: skip
    actions.write_record(by=cast.officer, meeting=meeting, **facts | more)
    return meeting


def test_numbers_count_by_kind_and_year_and_are_given_once(cast):
    first, second = planned(cast), planned(cast)
    seminar = planned(cast, kind=MeetingKind.SEMINAR)
    later = planned(cast, date=datetime.date(2019, 1, 9))
    numbers = [meeting.full_number for meeting in (first, second, seminar, later)]
    assert numbers == ["〔2018〕1号", "〔2018〕2号", "〔2018〕1号", "〔2019〕1号"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=second.pk).update(number=1)
    assert Entry.objects.filter(verb="meeting.planned").count() == 4


def test_the_other_studio_counts_its_own(cast):
    make_meeting(cast.other_cohort, cast.foreign_mentor_row.secretary, kind=MeetingKind.WORK, number=7, date=DAY)
    assert planned(cast, kind=MeetingKind.WORK).number == 1


def test_a_base_is_taken_once_by_a_meeting_or_a_session(cast):
    base = BaseFactory(studio=cast.studio)
    meeting = planned(cast, base=base, place="")
    assert [(row.date, row.half, row.what) for row in base.bookings.all()] == [(DAY, "afternoon", "工作例会")]
    afternoon = {
        "kind": "base", "title": "基地课", "date": DAY, "starts_at": datetime.time(13, 30), "ends_at": datetime.time(16),
        "base": base, "hours": 3,
    }  # fmt: skip
    with pytest.raises(Refused, match="工作例会") as refused:
        plan_session(by=cast.officer, cohort=cast.cohort, accepted="", **afternoon)
    assert refused.value.field == "base"
    actions.cancel_meeting(by=cast.officer, meeting=meeting, reason="改期")
    assert not base.bookings.exists()
    plan_session(by=cast.officer, cohort=cast.cohort, **afternoon)
    with pytest.raises(Refused, match="基地课"):
        planned(cast, base=base, place="")
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_at": datetime.time(13)}, "ends_at"),
        ({"place": " "}, "place"),
        ({"date": datetime.date(2015, 1, 1)}, "date"),
    ],
)
def test_what_does_not_hold_together_is_refused_beside_its_field(cast, facts, field):
    with pytest.raises(Refused) as refused:
        planned(cast, **facts)
    assert refused.value.field == field
    assert not Meeting.objects.exists()


def test_the_agenda_opens_with_what_the_last_meeting_agreed_and_with_what_others_raise(cast, settings):
    settings.ANSWERS = settings.ANSWERS | {"agenda_of": ["tests.meetings.raising.overdue"]}
    first = make_held(make_meeting(cast.cohort, cast.mentor_row.secretary), cast.officer)
    make_item(first, first.attendees.get(), text="摸底表")
    done = make_item(first, first.attendees.get(), number=2, text="办完的", state=ItemState.OPEN)
    second = planned(cast, date=DAY + datetime.timedelta(days=28))
    assert [(point.kind, point.title) for point in agenda_of(second)] == [
        ("last", "摸底表"), ("last", "办完的"), ("raised", "消防通道还堵着"), ("own", "定分组"), ("own", "定日志"),
    ]  # fmt: skip
    actions.call_roll(by=cast.officer, meeting=second, roll=dict.fromkeys(seats_of(second), (Presence.PRESENT, "")))
    done.delete()  # the agenda of a held meeting stands
    assert [point.title for point in agenda_of(second)][:2] == ["摸底表", "办完的"]
    assert AgendaItem.objects.filter(meeting=second, kind="raised").get().key == "finding:1"
    seminar = planned(cast, kind=MeetingKind.SEMINAR, date=DAY + datetime.timedelta(days=30))
    assert {point.kind for point in agenda_of(seminar)} == {"own"}


def test_what_others_raise_names_nobody_to_those_who_do_not_see_all(cast, settings, as_):
    settings.ANSWERS = settings.ANSWERS | {"agenda_of": ["tests.meetings.raising.overdue"]}
    meeting = planned(cast)
    address = reverse("meetings:meeting", args=[meeting.pk])
    shown = {who: as_(who).get(address).content.decode() for who in ("lead", "mentor")}
    assert "消防通道还堵着" in shown["lead"]
    assert "消防通道还堵着" not in shown["mentor"]
    assert "督训整改逾期1项" in shown["mentor"]
    minutes = actions.issue_minutes(by=cast.lead, meeting=recorded(cast, meeting))
    assert minutes.body["agenda"] == ["督训整改逾期1项", "定分组", "定日志"]
    assert "消防通道还堵着" not in as_("mentor").get(address).content.decode()


def test_nothing_of_a_record_is_read_before_its_minutes_are_issued(cast, as_):
    meeting = recorded(cast, planned(cast))
    item = meeting.items.get()
    pages = {
        "item": reverse("meetings:item", args=[item.pk]),
        "items": reverse("meetings:items") + "?when=all",
        "todo": reverse("dashboards:todo"),
        "calendar": reverse("calendar:month") + f"?on={item.due.isoformat()}",
    }
    mentor = as_("mentor")
    assert mentor.get(pages["item"]).status_code == 404
    assert not any(item.text in mentor.get(address).content.decode() for address in pages.values())
    found = reverse("meetings:meetings") + "?q=五人一组"
    assert meeting.topic not in str(list(mentor.get(found).context["page"]))
    actions.issue_minutes(by=cast.lead, meeting=meeting)
    assert all(item.text in mentor.get(pages[name]).content.decode() for name in ("item", "items", "todo", "calendar"))
    assert meeting in mentor.get(found).context["page"].object_list


def test_minutes_are_issued_by_another_frozen_and_circulated(cast):
    meeting = recorded(cast, planned(cast))
    with pytest.raises(Refused):
        actions.issue_minutes(by=cast.officer, meeting=meeting)
    minutes = actions.issue_minutes(by=cast.lead, meeting=meeting)
    assert meeting.state == MeetingState.ISSUED
    assert (minutes.body["decisions"], minutes.body["guests"]) == (["五人一组"], ["区委党校"])
    assert minutes.body["items"][0]["helpers"] == [cast.officer.name]
    assert is_whole(minutes)
    assert minutes.notice.needs_acknowledgement
    assert {row.recipient for row in minutes.notice.receipts.all()} == {cast.lead, cast.officer, cast.mentor}
    assert Notice.objects.get(kind="item_given").receipts.get().recipient == cast.mentor
    minutes.body["decisions"] = ["六人一组"]
    assert not is_whole(minutes)
    with pytest.raises(Refused, match="已经印发"):
        recorded(cast, meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(written_by=cast.lead)


def test_a_correction_is_a_second_version_with_its_reason(cast):
    meeting = recorded(cast, planned(cast))
    first = actions.issue_minutes(by=cast.lead, meeting=meeting)
    actions.reopen(by=cast.lead, meeting=meeting, reason="漏了一条")
    recorded(cast, meeting, outcomes={OutcomeKind.DECISION: ["五人一组", "每月一篇"]}, items=kept(meeting))
    with pytest.raises(Refused):
        actions.issue_minutes(by=cast.lead, meeting=meeting)
    second = actions.issue_minutes(by=cast.lead, meeting=meeting, reason="漏了一条")
    first.refresh_from_db()
    assert (first.body["decisions"], second.version) == (["五人一组"], 2)
    assert Notice.objects.filter(kind="item_given").count() == 1


def kept(meeting):
    return [
        actions.ItemFacts(item.text, item.owner, item.due, list(item.helpers.all()), item)
        for item in meeting.items.all()
    ]


def test_nothing_is_issued_before_the_roll_and_an_agreement(cast):
    meeting = planned(cast)
    actions.write_record(
        by=cast.officer, meeting=meeting, version=1, notes="", speeches=[], outcomes={}, items=[], issued_to=""
    )
    for words in ("没点名", "还没有写议定"):
        with pytest.raises(Refused, match=words):
            actions.issue_minutes(by=cast.lead, meeting=meeting)
        meeting.attendees.update(presence=Presence.PRESENT)
    with pytest.raises(actions.Stale):
        actions.write_record(by=cast.lead, meeting=meeting, version=1, notes="", speeches=[], outcomes={}, items=[])


def test_an_item_is_closed_out_by_another(cast):
    meeting = make_held(make_meeting(cast.cohort, cast.mentor_row.secretary), cast.officer)
    item = make_item(meeting, meeting.attendees.get())
    for other in (cast.other_mentor, cast.mentee, cast.leader):
        with pytest.raises(PermissionDenied):
            actions.report_item(by=other, item=item, version=1, progress="六组都交了", done=True)
    actions.report_item(by=cast.mentor, item=item, version=1, progress="六组都交了", done=True)
    assert item.state == ItemState.REPORTED
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.filter(pk=item.pk).update(
            state=ItemState.CLOSED, closed_by=cast.mentor, closed_at=item.reported_at
        )
    actions.send_back(by=cast.officer, item=item, reason="第三组还缺")
    actions.report_item(by=cast.officer, item=item, version=item.version, progress="齐了", done=True)
    with pytest.raises(Refused, match="请别人"):
        actions.close_item(by=cast.officer, item=item)
    actions.close_item(by=cast.lead, item=item)
    assert (item.state, item.closed_by) == (ItemState.CLOSED, cast.lead)
    with pytest.raises(Refused):
        actions.report_item(by=cast.mentor, item=item, version=item.version, progress="又来", done=False)


def test_reminders_come_three_days_before_on_the_day_and_every_third_day_after(cast, monkeypatch):
    due = datetime.date(2018, 9, 28)  # a Friday before the holiday of October
    days = [datetime.date(2018, 9, 20) + datetime.timedelta(days=n) for n in range(30)]
    # 24 September was the Mid-Autumn holiday; 29 and 30 September were worked, 1 to 7 October were not.
    assert [f"{day:%m-%d}" for day in days if is_a_day_to_remind(due, day, {})] == [
        "09-25", "09-28", "10-08", "10-11", "10-16", "10-19",
    ]  # fmt: skip
    meeting = make_held(make_meeting(cast.cohort, cast.mentor_row.secretary), cast.officer)
    make_item(meeting, meeting.attendees.get(), due=due)
    make_minutes(meeting, cast.officer, cast.lead)
    monkeypatch.setattr("mentorship.places.models.Studio.today", lambda studio: datetime.date(2018, 9, 28))
    call_command("remind_items", verbosity=0)
    call_command("remind_items", verbosity=0)
    assert Notice.objects.get(kind="item_reminder").receipts.get().recipient == cast.mentor


def test_the_body_names_who_was_away_and_why(cast):
    meeting = make_held(make_meeting(cast.cohort, cast.mentor_row.secretary, cast.mentee_row.secretary), cast.officer)
    meeting.attendees.filter(secretary=cast.mentee_row.secretary).update(presence=Presence.LEAVE, reason="街道有会")
    make_guest(meeting, "区委党校", presence=Presence.PRESENT)
    body = body_of(meeting)
    assert (body["due"], body["present"], body["guests"]) == (2, ["沈桂芳"], ["区委党校"])
    assert body["absent"] == [{"name": "何嘉怡", "presence": "leave", "reason": "街道有会"}]


def test_a_product_shows_its_sources_to_those_who_may_see_them(cast, as_, world):
    product = make_product(cast.cohort, cast.lead, title="敲门法", sources=[f"log:{world.log.pk}"])
    address = reverse("meetings:product", args=[product.pk])
    shown = {
        who: str(world.log.pk) in as_(who).get(address).content.decode() for who in ("lead", "mentor", "other_mentee")
    }
    assert shown == {"lead": True, "mentor": True, "other_mentee": False}
