"""Who reads which log, and the pages on which logs are written, found and taken out."""

import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.logs.models import TeachingLog
from mentorship.audit.models import Entry
from tests.factories import PairingFactory

from .log_kit import DAY, on_the_day, photos, picture, written

KINDS = {
    "pair": {},
    "shared": {"privacy": "shared"},
    "studio": {"privacy": "studio"},
    "sensitive": {"sensitive": True},
    "sensitive_shared": {"sensitive": True, "privacy": "shared"},
}
SEEN_BY = {
    "pair": {"lead", "officer", "leader", "mentor", "mentee"},
    "shared": {"lead", "officer", "leader", "mentor", "mentee", "other_mentor", "other_mentee"},
    "studio": {"lead", "officer", "leader", "mentor"},
    "sensitive": {"lead", "officer", "mentor", "mentee"},
    "sensitive_shared": {"lead", "officer", "mentor", "mentee"},
}
EVERYONE = ["lead", "officer", "leader", "mentor", "mentee", "other_mentor", "other_mentee", "liaison", "reviewer",
            "nobody", "stranger", "stranger_mentee", "anonymous"]  # fmt: skip


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def page_of(name, row):
    return reverse(f"logs:{name}", args=[row.pk])


@pytest.mark.parametrize("kind", list(KINDS))
def test_who_reads_a_log_and_its_photo(kind, c, as_):
    log = written(c, title="题目字", photos=photos(), **KINDS[kind])
    for who in EVERYONE:
        browser = as_(who)
        answers = [browser.get(page_of("log", log)), browser.get(page_of("photo", log.photos.get()))]
        if answers[1].streaming:
            answers[1].getvalue()
        listed = "题目字" in browser.get(reverse("logs:logs")).content.decode()
        if who in SEEN_BY[kind]:
            assert [answer.status_code for answer in answers] == [200, 200], who
            assert answers[1]["Cache-Control"] == "private, no-store"
            assert answers[1]["Content-Type"] == "image/jpeg"
            assert listed, who
        else:
            assert all(answer.status_code in {302, 403, 404} for answer in answers), who
            assert all(answer.status_code != 302 or "login" in answer.url for answer in answers), who
            assert not listed, who


def test_a_new_mentor_does_not_read_what_was_for_the_studio_only(c, as_):
    log, open_one = written(c, privacy="studio"), written(c)
    c.pairing.ends = DAY
    c.pairing.save()
    c.other_pairing.__class__.objects.create(
        studio=c.studio, cohort=c.cohort, mentor=c.other_mentor_row, mentee=c.mentee_row, starts=DAY, seat=2, seats=5
    )
    assert as_("other_mentor").get(page_of("log", open_one)).status_code == 200
    assert as_("other_mentor").get(page_of("log", log)).status_code == 404


def test_words_of_a_sensitive_log_are_never_found(c, as_):
    written(c, title="家里的事", text="密语", sensitive=True)
    plain = written(c, title="电梯的事", text="明语")
    shown = as_("officer").get(reverse("logs:logs"), {"q": "的事"}).content.decode()
    assert "电梯的事" in shown
    assert "家里的事" not in shown
    assert str(plain.pk) in as_("officer").get(reverse("logs:logs"), {"q": "明语"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"mode": "talk"}, 1), ({"month": "2018-11"}, 2), ({"month": "2018-10"}, 0), ({"important": "on"}, 1),
     ({"kind": "coaching"}, 2), ({"q": "走访"}, 1)],
)  # fmt: skip
def test_filters(asked, found, c, as_):
    written(c)
    written(c, mode="talk", text="谈心", important=True)
    answer = as_("officer").get(reverse("logs:logs"), asked)
    assert answer.context["page"].paginator.count == found


def test_filters_by_people(c, as_):
    written(c)
    written(c, by=c.other_mentor, mentor=c.other_mentor_row, mentees=[c.other_mentee_row])
    for asked in ({"mentor": c.mentor_row.pk}, {"mentee": c.mentee_row.pk}):
        answer = as_("leader").get(reverse("logs:logs"), asked)
        assert [log.mentor for log in answer.context["page"]] == [c.mentor_row]


def test_the_list_costs_the_same_for_three_as_for_one(c, as_, count_queries):
    browser = as_("officer")
    written(c)
    browser.get(reverse("logs:logs"))
    one = count_queries(lambda: browser.get(reverse("logs:logs")))
    written(c, by=c.other_mentor, mentor=c.other_mentor_row, mentees=[c.other_mentee_row])
    written(c)
    assert count_queries(lambda: browser.get(reverse("logs:logs"))) == one


def sheet_of(answer):
    return [cell for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row]


def test_the_export_never_holds_a_sensitive_log(c, as_):
    written(c, title="电梯的事")
    written(c, title="家里的事", sensitive=True)
    answer = as_("lead").get(reverse("logs:export"))
    assert "电梯的事" in sheet_of(answer)
    assert "家里的事" not in sheet_of(answer)
    assert Entry.objects.get(verb="logs.exported").after == {"rows": 1}
    assert as_("mentor").get(reverse("logs:export")).status_code == 403


def form_of(c, **facts):
    return {
        "client_key": uuid.uuid4(), "kind": "coaching", "mentees": [c.mentee_row.pk], "mode": "on_site",
        "day": "other", "date": "2018-11-20", "length": "60", "text": "去了小区", "privacy": "pair",
    } | facts  # fmt: skip


def test_a_mentor_writes_from_the_phone(c, as_):
    data = form_of(c, photos=[picture("a.png"), picture("b.png")], notebook=picture("c.png"))
    browser = as_("mentor")
    assert browser.get(reverse("logs:write")).status_code == 200
    answer = browser.post(reverse("logs:write"), data)
    log = TeachingLog.objects.get()
    assert answer.url == page_of("log", log)
    assert (log.minutes, log.photos.count(), log.author) == (60, 3, c.mentor)
    data |= {"photos": [], "notebook": []}
    assert browser.post(reverse("logs:write"), data).url == page_of("log", log)
    assert TeachingLog.objects.count() == 1


def test_after_an_error_nothing_typed_is_lost(c, as_):
    data = form_of(c, mentees=[], text="这几句不能丢", title="题目也在", length="other", minutes="45")
    answer = as_("mentor").post(reverse("logs:write"), data)
    shown = answer.content.decode()
    assert answer.status_code == 200
    for kept in ("这几句不能丢", "题目也在", 'value="45"', str(data["client_key"]), "请选这次带了哪几位徒弟"):
        assert kept in shown
    assert not TeachingLog.objects.exists()


@pytest.mark.parametrize(("day", "date"), [("2018-12-01", "2018-12-01"), ("2018-11-30", "2018-11-30")])
def test_a_day_is_chosen_by_its_date(day, date, c, as_):
    shown = as_("mentor").get(reverse("logs:write")).text
    assert f'value="{day}"' in shown
    assert as_("mentor").post(reverse("logs:write"), form_of(c, day=day, date="")).status_code == 302
    assert TeachingLog.objects.get().date.isoformat() == date


def test_a_form_left_open_for_days_asks_for_the_day_again(c, as_):
    answer = as_("mentor").post(reverse("logs:write"), form_of(c, day="2018-11-20", date=""))
    assert "请再选一次是哪一天" in answer.text
    answer = as_("mentor").post(reverse("logs:write"), form_of(c, day="other", date=""))
    assert "选一下是哪一天" in answer.text
    assert not TeachingLog.objects.exists()


def test_everyone_is_one_tap(c, as_):
    alone = as_("mentor").get(reverse("logs:write")).text
    assert 'name="everyone"' not in alone
    second = PairingFactory(mentor=c.mentor_row, seat=2)
    assert "2位都在" in as_("mentor").get(reverse("logs:write")).text
    as_("mentor").post(reverse("logs:write"), form_of(c, mentees=[], everyone="on"))
    assert set(TeachingLog.objects.get().mentees.all()) == {c.mentee_row, second.mentee}


def test_nobody_and_not_everyone_is_asked_again(c, as_):
    PairingFactory(mentor=c.mentor_row, seat=2)
    assert "请选这次带了哪几位徒弟" in as_("mentor").post(reverse("logs:write"), form_of(c, mentees=[])).text
    assert not TeachingLog.objects.exists()


def test_an_absence_is_for_oneself_the_mentor_and_the_studio(c, as_):
    people = [c.mentee_row, c.other_mentee_row]
    log = written(c, kind="base_session", mentees=people, absent={c.other_mentee_row: "家中有事"})
    for who, sees in {"officer": True, "mentor": True, "other_mentee": True, "mentee": False}.items():
        assert ("家中有事" in as_(who).get(page_of("log", log)).text) is sees, who
    assert "缺席" not in as_("mentee").get(page_of("log", log)).text
    assert "缺席" not in as_("mentee").get(reverse("logs:logs")).text


def test_a_session_is_written_on_the_full_form(c, as_):
    address = reverse("logs:write") + "?kind=session"
    people = [c.mentee_row.pk, c.other_mentee_row.pk]
    data = form_of(
        c, kind="base_session", mode="demonstration", mentees=people, absent=people[1:], absent_reason="开会"
    )
    assert as_("mentor").get(address).status_code == 200
    assert as_("mentor").post(address, data).status_code == 302
    assert TeachingLog.objects.get().attendance.get(present=False).mentee == c.other_mentee_row


def test_only_the_studio_writes_for_a_mentor(c, as_):
    address = reverse("logs:write_for", args=[c.mentor_row.pk])
    for who in ("leader", "other_mentor", "mentor", "mentee"):
        assert as_(who).post(address, form_of(c)).status_code == 403
    assert as_("stranger").post(address, form_of(c)).status_code == 404
    assert not TeachingLog.objects.exists()
    assert as_("officer").post(address, form_of(c)).status_code == 302
    assert TeachingLog.objects.get().confirmed_at is None


def test_a_conflict_shows_both_texts_and_the_second_sending_counts(c, as_):
    log = written(c)
    browser, address = as_("mentor"), page_of("correct", log)
    assert browser.get(address).status_code == 200
    data = form_of(c, version="1", text="我的话")
    assert as_("officer").post(address, data | {"text": "别人的话"}).status_code == 302
    answer = browser.post(address, data)
    shown = answer.content.decode()
    assert "我的话" in shown
    assert "别人的话" in shown
    assert 'name="version" value="2"' in shown
    assert browser.post(address, data | {"version": "2"}).status_code == 302
    log.refresh_from_db()
    assert (log.text, log.version) == ("我的话", 3)


@pytest.mark.parametrize("who", ["leader", "mentee", "other_mentor"])
@pytest.mark.parametrize("name", ["correct", "void", "transcribe", "acknowledge"])
def test_readers_change_nothing(name, who, c, as_):
    log = written(c, privacy="shared", text="", photos=photos(1, "notebook"))
    answer = as_(who).post(page_of(name, log), form_of(c, version="1", reason="不要了"))
    assert answer.status_code == 403
    log.refresh_from_db()
    assert (log.version, log.voided_at, log.studio_ack_at, log.text) == (1, None, None, "")


def test_the_small_acts(c, as_):
    log = written(c, by=c.officer, text="", photos=photos(1, "notebook"))
    officer, mentor, mentee = as_("officer"), as_("mentor"), as_("mentee")
    assert officer.get(page_of("transcribe", log)).status_code == 200
    assert officer.post(page_of("transcribe", log), {"text": "照抄"}).status_code == 302
    assert officer.get(page_of("confirm", log)).status_code == 403
    assert mentor.get(page_of("confirm", log)).status_code == 405
    assert mentor.post(page_of("confirm", log)).status_code == 302
    assert officer.post(page_of("acknowledge", log)).status_code == 302
    assert mentee.get(page_of("own_words", log)).status_code == 200
    assert mentee.post(page_of("own_words", log), {"own_words": "记住了"}).status_code == 302
    assert mentor.get(page_of("void", log)).status_code == 200
    log.refresh_from_db()
    assert log.confirmed_at
    assert log.studio_ack_at
    assert "记住了" in mentor.get(page_of("log", log)).content.decode()
    assert mentor.post(page_of("void", log), {"reason": "记重了"}).status_code == 302
    assert str(log.pk) not in mentor.get(reverse("logs:logs")).content.decode()


def test_the_admin_only_looks(c, as_):
    log = written(c)
    assert as_("officer").get("/admin/logs/teachinglog/").status_code == 200
    assert as_("officer").get(f"/admin/logs/teachinglog/{log.pk}/change/").status_code == 200
    assert as_("officer").get("/admin/logs/teachinglog/add/").status_code == 403
    for name in ("homework", "reflection"):
        assert as_("officer").get(f"/admin/logs/{name}/").status_code == 200
