"""Writing, correcting, confirming and voiding a teaching log."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.choices import Stage
from evaluations.logs import actions
from evaluations.logs.models import Attendance, Homework, LogPhoto, LogVersion, TeachingLog
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice

from .log_kit import DAY, D, on_the_day, photos, written


@pytest.fixture
def c(cast, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return on_the_day(cast)


def test_the_mentors_own_log_is_confirmed_and_leaves_a_trail_without_its_words(c):
    log = written(c, title="秘密题目", homework="写一份走访清单", homework_due=D(2018, 11, 30), photos=photos(2))
    assert log.confirmed_at
    assert log.author == c.mentor
    assert list(log.mentees.all()) == [c.mentee_row]
    work = Homework.objects.get(log=log)
    assert (work.mentee, work.task, work.due, work.set_on) == (c.mentee_row, "写一份走访清单", D(2018, 11, 30), DAY)
    assert [photo.image.name.endswith(".jpg") for photo in log.photos.all()] == [True, True]
    entry = Entry.objects.get(verb="log.written")
    assert "走访" not in f"{entry.after} {entry.object_name}"
    assert "秘密" not in f"{entry.after} {entry.object_name}"
    assert not Notice.objects.exists()


def test_sent_twice_is_one_log(c):
    key = uuid.uuid4()
    facts = {"client_key": key, "homework": "清单", "photos": photos(1), "important": True}
    first = written(c, **facts)
    counts = [table.objects.count() for table in (TeachingLog, Attendance, Homework, LogPhoto, Entry, Notice)]
    again = written(c, **facts | {"text": "第二次"})
    assert again == first
    assert again.text == first.text
    tables = (TeachingLog, Attendance, Homework, LogPhoto, Entry, Notice)
    assert [table.objects.count() for table in tables] == counts


def test_anothers_key_opens_nothing(c):
    log = written(c)
    with pytest.raises(Refused):
        written(c, by=c.other_mentor, mentor=c.other_mentor_row, mentees=[c.other_mentee_row],
                client_key=log.client_key)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"date": D(2018, 12, 2)}, "date"),
        ({"date": D(2018, 8, 14)}, "date"),
        ({"mentees": []}, "mentees"),
        ({"text": "  "}, "text"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"next_date": D(2018, 11, 1)}, "next_date"),
        ({"homework": "清单", "homework_due": D(2018, 11, 1)}, "homework_due"),
        ({"homework_due": D(2018, 11, 30)}, "homework"),
        ({"mode": "dancing"}, "mode"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(facts, field, c):
    with pytest.raises(Refused) as refused:
        written(c, **facts)
    assert refused.value.field == field
    assert not TeachingLog.objects.exists()


def test_coaching_is_for_ones_own_apprentice_on_that_day(c):
    with pytest.raises(Refused) as refused:
        written(c, mentees=[c.other_mentee_row])
    assert refused.value.field == "mentees"
    c.pairing.ends = DAY
    c.pairing.save()
    with pytest.raises(Refused):
        written(c)
    assert written(c, date=D(2018, 11, 19)).pk


def test_a_session_takes_the_cohort_and_keeps_who_was_absent(c):
    log = written(c, kind="group_session", mode="case", mentees=[c.mentee_row, c.other_mentee_row],
                  absent={c.other_mentee_row: "区里开会"})  # fmt: skip
    rows = {row.mentee: (row.present, row.absent_reason) for row in log.attendance.all()}
    assert rows == {c.mentee_row: (True, ""), c.other_mentee_row: (False, "区里开会")}
    with pytest.raises(Refused):
        written(c, kind="group_session", mentees=[c.foreign_mentee_row])
    with pytest.raises(Refused):
        written(c, kind="group_session", absent={c.mentee_row: "病"})


def test_a_notebook_page_stands_for_the_text_and_a_scene_does_not(c):
    assert written(c, text="", photos=photos(1, "notebook")).text == ""
    with pytest.raises(Refused):
        written(c, text="", photos=photos(1, "scene"))


def test_seven_photos_are_too_many(c):
    assert written(c, photos=photos(6)).photos.count() == 6
    with pytest.raises(Refused) as refused:
        written(c, photos=photos(7))
    assert refused.value.field == "photos"


def test_no_log_before_the_pairs_stand(c):
    c.cohort.stage = Stage.PAIRING
    c.cohort.save()
    with pytest.raises(Refused):
        written(c)


def test_typed_by_another_it_waits_for_the_mentor(c):
    log = written(c, by=c.officer)
    assert log.confirmed_at is None
    assert log.author == c.officer
    notice = Notice.objects.get(kind="log_to_confirm")
    assert [receipt.recipient for receipt in notice.receipts.all()] == [c.mentor]
    with pytest.raises(PermissionDenied):
        actions.confirm_log(by=c.officer, log=log)
    c.mentor.acting_user = c.officer
    with pytest.raises(PermissionDenied):
        actions.confirm_log(by=c.mentor, log=log)
    c.mentor.acting_user = None
    assert actions.confirm_log(by=c.mentor, log=log).confirmed_at


def test_a_helper_at_the_mentors_keys_confirms_nothing(c):
    c.mentor.acting_user = c.officer
    log = written(c)
    assert (log.confirmed_at, log.author) == (None, c.officer)


def test_the_officers_hear_of_what_is_important_by_its_title_alone(c):
    written(c, important=True, title="加装电梯", text="不外传")
    notice = Notice.objects.get(kind="log_important")
    assert {receipt.recipient for receipt in notice.receipts.all()} == {c.lead, c.officer}
    assert notice.particulars["words"] == "加装电梯"
    assert "不外传" not in str(notice.particulars)


def test_a_sensitive_one_tells_nothing(c):
    log = written(c, by=c.officer, important=True, sensitive=True, title="秘密题目", text="秘密经过")
    told = " ".join(f"{notice} {notice.particulars}" for notice in Notice.objects.all())
    assert Notice.objects.count() == 2
    assert "秘密" not in told
    actions.void_log(by=c.mentor, log=log, reason="秘密原因")
    assert "秘密" not in " ".join(f"{entry.object_name} {entry.after}" for entry in Entry.objects.all())


def test_a_correction_keeps_what_was_said(c):
    log = written(c)
    actions.correct_log(by=c.mentor, log=log, version=1, text="改过的话", minutes=90)
    log.refresh_from_db()
    assert (log.text, log.minutes, log.version) == ("改过的话", 90, 2)
    kept = LogVersion.objects.get(log=log)
    assert (kept.number, kept.content["text"], kept.content["mentees"]) == (1, "陪着走访8号楼，先听意见。", ["何嘉怡"])
    assert "改过" not in str(Entry.objects.get(verb="log.corrected").after)


def test_nothing_changed_is_no_version(c):
    log = written(c)
    actions.correct_log(by=c.mentor, log=log, version=1, text=log.text)
    assert log.version == 1
    assert not LogVersion.objects.exists()


def test_a_stale_correction_is_refused(c):
    log = written(c)
    actions.correct_log(by=c.mentor, log=log, version=1, text="先改的")
    with pytest.raises(actions.Stale):
        actions.correct_log(by=c.officer, log=log, version=1, text="后改的")
    log.refresh_from_db()
    assert log.text == "先改的"


def test_an_officers_correction_goes_back_to_the_mentor_and_leaves_the_privacy(c):
    log = written(c)
    actions.correct_log(by=c.officer, log=log, version=1, text="改了错字")
    assert log.confirmed_at is None
    with pytest.raises(Refused) as refused:
        actions.correct_log(by=c.officer, log=log, version=2, privacy="shared")
    assert refused.value.field == "privacy"


def test_a_voided_log_counts_no_more_and_its_homework_lapses(c):
    log = written(c, homework="清单")
    with pytest.raises(Refused):
        actions.void_log(by=c.mentor, log=log, reason=" ")
    actions.void_log(by=c.mentor, log=log, reason="记重了")
    assert not TeachingLog.objects.standing().exists()
    assert Homework.objects.get(log=log).state == "waived"
    with pytest.raises(Refused):
        actions.correct_log(by=c.mentor, log=log, version=1, text="再改")


def test_a_notebook_page_is_typed_once_and_shown_to_the_mentor(c):
    log = written(c, text="", photos=photos(1, "notebook"))
    actions.transcribe(by=c.officer, log=log, text="照抄的话")
    assert (log.text, log.transcribed_by, log.confirmed_at) == ("照抄的话", c.officer, None)
    with pytest.raises(Refused):
        actions.transcribe(by=c.officer, log=log, text="又一遍")


def test_only_the_apprentice_answers_for_themselves(c):
    row = written(c).attendance.get()
    with pytest.raises(PermissionDenied):
        actions.confirm_attendance(by=c.other_mentee, attendance=row)
    actions.confirm_attendance(by=c.mentee, attendance=row, own_words="学会先听")
    row.refresh_from_db()
    assert row.confirmed_at
    assert row.own_words == "学会先听"
