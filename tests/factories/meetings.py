"""Meetings, made straight in the database."""

import datetime

from cohorts.meetings.choices import Capacity, ItemState, MeetingKind, MeetingState, OutcomeKind, Presence, ProductKind
from cohorts.meetings.models import ActionItem, Attendee, Meeting, Minutes, Outcome, Product
from cohorts.meetings.queries import body_of, digest_of_body

DAY = datetime.date(2018, 9, 19)  # a Wednesday, worked


def make_meeting(cohort, *secretaries, kind=MeetingKind.WORK, number=1, date=DAY, **more) -> Meeting:
    """14:00 to 15:30 with these secretaries, the first of whom chairs."""
    facts = {
        "topic": "分组与带教计划", "place": "组织部会议室", "starts_at": datetime.time(14), "ends_at": datetime.time(15, 30),
    }  # fmt: skip
    meeting = Meeting.objects.create(
        studio=cohort.studio, cohort=cohort, kind=kind, year=date.year, number=number, date=date, **facts | more
    )
    for order, secretary in enumerate(secretaries):
        Attendee.objects.create(studio=meeting.studio, meeting=meeting, secretary=secretary, order=order)
    meeting.chair = meeting.attendees.first()
    meeting.save()
    return meeting


def make_guest(meeting, name, **more) -> Attendee:
    return Attendee.objects.create(
        studio=meeting.studio, meeting=meeting, name=name, order=99, **{"capacity": Capacity.GUEST} | more
    )


def make_item(meeting, owner, *, number=1, due=None, **more) -> ActionItem:
    due = due or meeting.date + datetime.timedelta(days=14)
    return ActionItem.objects.create(
        studio=meeting.studio, meeting=meeting, number=number, owner=owner, due=due,
        **{"text": "六组能力摸底表", "state": ItemState.OPEN} | more,
    )  # fmt: skip


def make_held(meeting, by, text="每名师傅固定带教5名学员") -> Meeting:
    meeting.attendees.update(presence=Presence.PRESENT)
    meeting.state, meeting.written_by = MeetingState.HELD, by
    meeting.save()
    Outcome.objects.create(studio=meeting.studio, meeting=meeting, kind=OutcomeKind.DECISION, order=1, text=text)
    return meeting


def make_minutes(meeting, written_by, issued_by, **more) -> Minutes:
    body = body_of(meeting)
    meeting.state, meeting.written_by = MeetingState.ISSUED, written_by
    meeting.save()
    return Minutes.objects.create(
        studio=meeting.studio, meeting=meeting, body=body, digest=digest_of_body(body), date=meeting.date,
        written_by=written_by, issued_by=issued_by, **{"version": 1} | more,
    )  # fmt: skip


def make_product(cohort, by, **more) -> Product:
    facts = {
        "kind": ProductKind.CARD, "title": "冷场急救六招", "use": "活动没人来的时候", "author": "徐静芬",
        "steps": "先请三个人\n请到了再请三十个",
    }  # fmt: skip
    return Product.objects.create(studio=cohort.studio, cohort=cohort, made_by=by, **facts | more)


def what_meetings_make(cohort, mentor, mentee, writer, issuer, word="") -> dict:
    """A meeting that is planned, one held, one issued with an item, and a product; mentor and mentee were asked."""
    people = (mentor.secretary, mentee.secretary)
    planned = make_meeting(cohort, *people, topic=f"{word}下一次例会", date=DAY + datetime.timedelta(days=28), number=3)
    held = make_held(make_meeting(cohort, *people, topic=f"{word}第二次例会", number=2), writer, f"{word}议定")
    issued = make_held(make_meeting(cohort, *people, topic=f"{word}第一次例会", number=1), writer, f"{word}议定")
    item = make_item(issued, issued.attendees.first(), text=f"{word}摸底")
    minutes = make_minutes(issued, writer, issuer)
    product = make_product(cohort, writer, title=f"{word}六招", meeting=issued)
    return {
        "planned_meeting": planned, "held_meeting": held, "issued_meeting": issued, "item": item, "minutes": minutes,
        "product": product,
    }  # fmt: skip
