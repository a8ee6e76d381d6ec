"""The pages of the meetings: nothing typed is lost, lists cost the same, who writes what."""

import datetime

from django.urls import reverse

from cohorts.meetings.models import ActionItem, Meeting
from tests.editing import seen_at
from tests.factories.meetings import DAY, make_held, make_item, make_meeting, make_minutes, make_product


def url(name, *rows):
    return reverse(f"meetings:{name}", args=[row.pk for row in rows])


def test_a_meeting_is_planned_on_its_page_and_bad_input_comes_back(cast, as_):
    lead, mentor = f"u:{cast.lead.pk}", f"s:{cast.mentor_row.secretary_id}"
    typed = {
        "kind": "work", "topic": "分组与计划", "date": "2018-09-19", "starts_at": "15:00", "ends_at": "14:00",
        "place": "会议室", "points": "定分组\n定日志", "mentors": [mentor], "guests": "区委党校", "chair": lead,
        "recorder": lead,
    }  # fmt: skip
    answer = as_("officer").post(url("plan"), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "结束要在开始之后" in page
    assert "定分组\n定日志" in page
    assert not Meeting.objects.exists()
    answer = as_("officer").post(url("plan"), typed | {"ends_at": "16:00"})
    meeting = Meeting.objects.get()
    assert answer.url == url("meeting", meeting)
    assert [str(row) for row in meeting.attendees.all()] == [str(cast.mentor_row), str(cast.lead), "区委党校"]
    assert list(meeting.agenda.values_list("title", flat=True)) == ["定分组", "定日志"]
    shown = as_("officer").get(url("change", meeting)).content.decode()
    assert "定分组\n定日志" in shown
    stale = as_("officer").post(url("change", meeting), typed | {"ends_at": "16:00", "version": "0", "topic": "改了"})
    assert "刚才有人改过" in stale.content.decode()
    assert "改了" in stale.content.decode()


def items_of(*rows):
    data = {"items-TOTAL_FORMS": str(len(rows)), "items-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"items-{place}-{name}": value for name, value in row.items()}
    return data


def test_the_record_is_written_on_its_page(cast, as_):
    meeting = make_meeting(cast.cohort, cast.mentor_row.secretary, cast.mentee_row.secretary)
    owner = str(meeting.attendees.first().pk)
    typed = {"version": "1", "notes": "原话", "speeches": "沈桂芳：先摸底\n张三：也好", "decision": "五人一组"}
    row = {"text": "摸底表", "owner": owner, "due": "2018-10-09", "helpers": "何嘉怡"}
    page = as_("officer").post(url("record", meeting), typed | items_of(row | {"due": "2018-01-01"})).content.decode()
    for words in ("没有“张三”", "期限早于开会那天", "先摸底", "摸底表", "原话"):
        assert words in page
    typed["speeches"] = "沈桂芳：先摸底"
    answer = as_("officer").post(url("record", meeting), typed | items_of(row, {"text": ""}))
    assert answer.status_code == 302
    item = ActionItem.objects.get()
    assert (item.text, str(item.owner), [str(each) for each in item.helpers.all()]) == ("摸底表", "沈桂芳", ["何嘉怡"])
    meeting.refresh_from_db()
    assert meeting.state == "held"
    again = as_("officer").get(url("record", meeting)).content.decode()
    assert "沈桂芳：先摸底" in again


def test_leave_without_a_reason_is_said_beside_the_person(cast, as_):
    meeting = make_meeting(cast.cohort, cast.mentor_row.secretary, cast.mentee_row.secretary)
    first, second = meeting.attendees.all()
    data = {f"presence_{first.pk}": "present", f"presence_{second.pk}": "leave", f"reason_{second.pk}": ""}
    data |= seen_at(as_("officer"), url("roll", meeting))
    page = as_("officer").post(url("roll", meeting), data).content.decode()
    assert f"reason_{second.pk}_error" in page
    as_("officer").post(url("roll", meeting), data | {f"reason_{second.pk}": "街道有会"})
    second.refresh_from_db()
    assert (second.presence, second.reason) == ("leave", "街道有会")


def test_the_recorder_keeps_the_record_and_others_do_not(cast, as_):
    meeting = make_meeting(cast.cohort, cast.mentor_row.secretary, cast.mentee_row.secretary)
    meeting.recorder = meeting.attendees.get(secretary=cast.mentee_row.secretary)
    meeting.save()
    assert as_("mentee").get(url("record", meeting)).status_code == 200
    assert as_("mentor").get(url("record", meeting)).status_code == 403
    assert as_("mentee").get(url("issue", meeting)).status_code == 403


def test_the_owner_writes_progress_and_an_organizer_closes_out(cast, as_):
    meeting = make_held(make_meeting(cast.cohort, cast.mentor_row.secretary), cast.officer)
    item = make_item(meeting, meeting.attendees.get())
    make_minutes(meeting, cast.officer, cast.lead)
    page = as_("mentor").post(url("item", item), {"version": "1", "progress": "", "done": "1"}).content.decode()
    assert "办成什么样，写一句" in page
    as_("mentor").post(url("item", item), {"version": "1", "progress": "交齐了", "done": "1"})
    assert "看过了，销号" in as_("officer").get(url("item", item)).content.decode()
    as_("officer").post(url("item_close", item))
    item.refresh_from_db()
    assert item.state == "closed"
    sheet = as_("lead").get(reverse("meetings:items_export"))
    assert sheet.headers["Content-Type"].startswith("application/vnd.openxml")


def test_minutes_are_read_printed_and_acknowledged(cast, as_):
    meeting = make_held(make_meeting(cast.cohort, cast.mentor_row.secretary), cast.officer)
    answer = as_("lead").post(url("issue", meeting), {})
    minutes = meeting.minutes.get()
    assert answer.url == url("minutes", minutes)
    page = as_("mentor").get(url("minutes", minutes)).content.decode()
    for words in ("工作例会纪要", "〔2018〕1号", "（一）每名师傅固定带教5名学员", "看过了，去签收"):
        assert words in page
    pdf = as_("mentor").get(url("minutes_pdf", minutes))
    assert pdf.content.startswith(b"%PDF")
    assert "还没看" in as_("officer").get(url("minutes", minutes)).content.decode()
    as_("officer").post(url("minutes_remind", minutes))
    minutes.notice.refresh_from_db()
    assert minutes.notice.reminded_at


def test_lists_cost_the_same_for_one_and_three(cast, as_, count_queries):
    lead = as_("lead")
    pages = ["meetings", "items", "products"]

    def add(number):
        day = DAY + datetime.timedelta(days=number)
        people = (cast.mentor_row.secretary, cast.mentee_row.secretary)
        meeting = make_held(make_meeting(cast.cohort, *people, number=number, date=day), cast.officer)
        make_item(meeting, meeting.attendees.first()).helpers.set(meeting.attendees.all())
        make_product(cast.cohort, cast.lead, title=f"第{number}招", meeting=meeting)

    add(1)
    lead.get(url("meetings"))
    one = [count_queries(lambda name=name: lead.get(url(name) + "?when=all")) for name in pages]
    add(2)
    add(3)
    assert [count_queries(lambda name=name: lead.get(url(name) + "?when=all")) for name in pages] == one
    assert len(lead.get(url("items")).context["rows"]) == 3
