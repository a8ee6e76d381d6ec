"""Who came: the door, the list, the sheet, leave, settling and making up; and the hours that follow."""

import datetime
import io
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cohorts.training import queries
from cohorts.training.actions.attendance import ask_leave, make_up, settle, sign_in, state_attendance
from cohorts.training.actions.sessions import Stale
from cohorts.training.codes import code_of
from cohorts.training.models import Attendance, AttendanceMark
from cohorts.training.queries.attendance import door_trouble
from cohorts.training.views import door as door_views
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.conftest import mentee_of
from tests.factories.attend import make_attended
from tests.factories.training import DAY, make_elective, make_place, make_session

NOW = 1_555_555_500.0


@pytest.fixture
def session(cast):
    cast.studio.demo_today = DAY
    cast.studio.save()
    return make_session(cast.cohort, host=cast.other_mentor_row)


@pytest.fixture
def at(monkeypatch):
    """`at(seconds, "14:00")`: what the clock of the door says."""

    def put(now, clock="14:00"):
        monkeypatch.setattr(door_views.time, "time", lambda: now)
        when = datetime.datetime.combine(DAY, datetime.time.fromisoformat(clock))
        monkeypatch.setattr(door_views, "now_at", lambda _session: when)

    return put


def address(session, now=NOW):
    return reverse("training:sign_in", args=[session.pk, code_of(session.pk, now)])


def row_of(session, mentee):
    return Attendance.objects.get(session=session, mentee=mentee)


def state(cast, session, *, source="list", by=None, **states):
    stated = {getattr(cast, f"{name}_row").pk: (word, "") for name, word in states.items()}
    return state_attendance(by=by or cast.officer, session=session, stated=stated, source=source)


def test_signed_in_at_the_door_once(cast, session, as_, at):
    at(NOW)
    mentee = as_("mentee")
    assert "何嘉怡到了" in mentee.get(address(session)).text
    at(NOW + 90)  # the question was opened in time
    for _twice in range(2):
        assert mentee.post(address(session)).status_code == 302
    row = row_of(session, cast.mentee_row)
    assert (row.state, row.source, row.hours, row.marks.count()) == ("present", "qr", 3, 1)
    assert Entry.objects.filter(verb="attendance.signed_in").count() == 1
    shown = as_("other_mentor").get(reverse("training:door_now", args=[session.pk])).json()
    assert (shown["count"], shown["names"]) == ("已到1／应到2", ["何嘉怡"])
    assert "<svg" in shown["qr"]


def test_a_forwarded_code_and_other_wrong_ones_are_refused(cast, session, as_, at):
    other = make_session(cast.cohort, title="另一次")
    at(NOW + 60)
    mentee = as_("mentee")
    for method, status in [(mentee.get, 200), (mentee.post, 422)]:
        answer = method(address(session))
        assert answer.status_code == status
        assert "已经过时了" in answer.text
        assert "到了，签到" not in answer.text
    wrong = reverse("training:sign_in", args=[session.pk, code_of(other.pk, NOW + 60)])
    assert "不是这次培训的" in mentee.get(wrong).text
    for _try in range(door_views.TRIES):
        mentee.get(wrong)
    assert "试得太多" in mentee.get(address(session, NOW + 60)).text
    assert (
        "试得太多" in as_("mentee").get(address(session, NOW + 60)).text
    )  # at whichever node they ask, and signed in anew
    assert "试得太多" not in as_("other_mentee").get(address(session, NOW + 60)).text  # though by the same address
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        assert "试得太多" not in mentee.get(address(session, NOW + 60)).text
    at(NOW, "12:00")
    assert "还没到签到时间" in as_("other_mentee").get(address(session)).text
    session.groups.set([cast.mentor_row])
    at(NOW)
    assert as_("other_mentee").get(address(session)).status_code in {200, 404}
    with pytest.raises(Refused):
        sign_in(by=cast.other_mentee, session=session, mentee=cast.other_mentee_row)
    assert not Attendance.objects.filter(session=session).exists()


def test_the_door_is_open_an_hour_before_until_the_end(session):
    def trouble(clock, day=DAY):
        return bool(door_trouble(session, datetime.datetime.combine(day, datetime.time.fromisoformat(clock))))

    assert [trouble(clock) for clock in ("12:29", "12:30", "16:30", "16:31")] == [True, False, False, True]
    assert trouble("14:00", DAY + datetime.timedelta(days=1))


def test_the_whole_group_by_one_list(cast, session, as_):
    url = reverse("training:attendance", args=[session.pk])
    first, second = cast.mentee_row.pk, cast.other_mentee_row.pk
    data = {"source": "list", f"state-{first}": "leave", f"reason-{first}": "开会", "everyone": "1"}
    assert as_("other_mentor").post(url, data).status_code == 302  # the host keeps the list
    assert {row.mentee_id: (row.state, row.reason, row.hours) for row in session.attendance.all()} == {
        first: ("leave", "开会", 0),
        second: ("present", "", 3),
    }
    assert Entry.objects.get(verb="attendance.stated").after["states"] == {"何嘉怡": "leave", "钱立峰": "present"}
    state(cast, session, mentee="duty")
    old = data | {f"was-{first}": "leave", f"why-{first}": "开会"}  # a page from before says nothing again
    as_("officer").post(url, old)
    assert row_of(session, cast.mentee_row).state == "duty"
    answer = as_("officer").post(url, {f"state-{first}": "absent"}, headers={"X-Studio-Outbox": "later"})
    assert answer.json()["url"] == url
    session.state, session.cancel_reason = "cancelled", "台风"
    session.save()
    answer = as_("officer").post(url, {f"state-{first}": "present"}, headers={"X-Studio-Outbox": "later"})
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (422, "这一次不记出勤。")


def test_nobody_keeps_a_list_they_stand_on_and_other_mentors_keep_none(cast, session, as_):
    url = reverse("training:attendance", args=[session.pk])
    for who, status in [("mentor", 403), ("mentee", 403), ("leader", 403), ("stranger", 404), ("officer", 200)]:
        assert as_(who).get(url).status_code == status, who
    with pytest.raises(Refused):
        state_attendance(
            by=cast.officer, session=session, stated={cast.foreign_mentee_row.pk: ("present", "")}, source="list"
        )


def test_both_words_stay_paper_counts_and_the_studio_settles(cast, session, as_):
    sign_in(by=cast.mentee, session=session, mentee=cast.mentee_row)
    state(cast, session, source="paper", mentee="absent")
    row = row_of(session, cast.mentee_row)
    assert (row.state, row.source, row.hours, row.disputed) == ("absent", "paper", 0, True)
    assert list(row.marks.values_list("source", "state")) == [("qr", "present"), ("paper", "absent")]
    assert not queries.absences(cast.mentee_row).exists()  # not before it is settled
    url = reverse("training:settle", args=[row.pk])
    assert "两处不一致" in as_("officer").get(url).text
    answer = as_("officer").post(url, {"version": 1, "state": "present", "reason": "有照片"})
    assert "刚才有人改过" in answer.text
    assert "有照片" in answer.text
    as_("officer").post(url, {"version": row.version, "state": "present", "reason": "有照片"})
    row.refresh_from_db()
    assert (row.state, row.hours, row.disputed, row.marks.count()) == ("present", 3, False, 3)
    entry = Entry.objects.get(verb="attendance.settled")
    assert (entry.before, entry.after) == ({"state": "absent"}, {"state": "present", "reason": "有照片"})
    with pytest.raises(Stale):
        settle(by=cast.officer, attendance=row, version=1, state="absent", reason="x")


def test_leave_is_asked_before_and_coming_all_the_same_counts(cast, session, as_):
    url = reverse("training:ask_leave", args=[session.pk])
    assert "还差" in as_("mentee").post(url, {"state": "leave"}).text
    as_("mentee").post(url, {"state": "leave", "reason": "街道开会"})
    row = row_of(session, cast.mentee_row)
    assert (row.state, row.reason, row.source) == ("leave", "街道开会", "asked")
    sign_in(by=cast.mentee, session=session, mentee=cast.mentee_row)
    row.refresh_from_db()
    assert (row.state, row.disputed, row.hours) == ("present", False, 3)
    with pytest.raises(Refused):
        ask_leave(by=cast.mentee, session=session, mentee=cast.mentee_row, state="leave", reason="x")


def test_made_up_counts_once(cast, session):
    state(cast, session, mentee="absent")
    row = row_of(session, cast.mentee_row)
    assert queries.absences(cast.mentee_row).get() == row
    assert queries.attendance_rate(cast.mentee_row, DAY, DAY) == 0
    other = make_session(cast.cohort, title="邻组小课")
    make_up(by=cast.officer, attendance=row, version=row.version, session=other)
    assert queries.hours_of(cast.mentee_row, DAY) == 3
    assert not queries.absences(cast.mentee_row).exists()
    assert queries.attendance_rate(cast.mentee_row, DAY, DAY) == 100
    state(cast, other, mentee="present")  # the same hours don't come twice
    assert queries.hours_of(cast.mentee_row, DAY) == 3
    with pytest.raises(Refused):
        make_up(by=cast.officer, attendance=row, version=row.version, session=other)
    assert queries.attendance_rate(cast.other_mentee_row, DAY, DAY) is None


def test_the_ledger_is_its_rows(cast, session, as_):
    elective = make_elective(cast.cohort, "法规入门", date=DAY)
    course = elective.courses.get()
    subject = cast.cohort.framework.subjects.order_by("order").last()
    course.subject, course.hours = subject, 4
    course.save()
    make_place(cast.mentee_row, course)
    elective.allocated_at = cast.cohort.created_at
    elective.save()
    state(cast, elective, mentee="present")
    state(cast, session, mentee="present", other_mentee="absent")
    first, second = sorted(queries.ledger_of(cast.cohort, DAY), key=lambda row: -row.total)
    assert first.sums.cells == {("small_class", ""): 3, ("elective", subject.code): 4}
    assert (first.total, first.missed, second.total) == (Decimal(7), [], 0)
    assert second.missed == ["elective", "small_class"]
    assert (first.target, first.goal, first.percent, first.to_target) == (56, 100, 12, 49)
    lead = as_("lead")
    page = lead.get(reverse("training:ledger"), {"missing": "elective"})
    assert "缺双月选训1名" in page.text
    assert [each["row"].mentee for each in page.context["rows"]] == [cast.other_mentee_row]
    book = load_workbook(io.BytesIO(lead.get(reverse("training:ledger_export"), {"sort": "most"}).content))
    heading, *lines = list(book.active.iter_rows(values_only=True))
    assert [(line[0], line[-2], sum(line[2:-6])) for line in lines] == [("何嘉怡", 7, 7), ("钱立峰", 0, 0)]
    assert heading[-2:] == ("合计", "要求")
    own = as_("mentee").get(reverse("training:my_hours"), follow=True)
    assert "共7学时" in own.text
    assert as_("mentee").get(reverse("training:hours", args=[cast.other_mentee_row.pk])).status_code == 404


def test_the_pages_cost_the_same_for_one_and_for_three(cast, session, as_, count_queries):
    lead = as_("lead")
    make_attended(session, cast.mentee_row, cast.lead)
    pages = [
        reverse("training:attendance", args=[session.pk]),
        reverse("training:door_now", args=[session.pk]),
        reverse("training:attendance_sheet", args=[session.pk]),
        reverse("training:ledger"),
        reverse("training:hours", args=[cast.mentee_row.pk]),
    ]
    for url in pages:
        lead.get(url)
    before = [count_queries(lambda url=url: lead.get(url)) for url in pages]
    for name, seat in [("甲甲", 2), ("乙乙", 3)]:
        _user, row, _pairing = mentee_of(cast.cohort, cast.mentor_row, name, cast.subdistricts[0], seat)
        make_attended(session, row, cast.lead)
        make_attended(make_session(cast.cohort, title=name), cast.mentee_row, cast.lead)
    assert [count_queries(lambda url=url: lead.get(url)) for url in pages] == before


def test_one_row_a_person_and_words_that_stay(cast, session):
    state(cast, session, mentee="present")
    assert state(cast, session, mentee="present") == 0
    assert AttendanceMark.objects.count() == 1
    with pytest.raises(Refused):
        state(cast, make_session(cast.cohort, date=DAY + datetime.timedelta(days=7)), mentee="present")
