"""T73: a person's own copy is whole, theirs alone, and tells what it leaves out."""

import datetime
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.growth.models import Rating
from evaluations.logs.models import TeachingLog
from mentorship.audit import guards
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.common.packing import PackState
from mentorship.people.models import Secretary
from mentorship.privacy import tasks
from mentorship.privacy.actions import ask_copy, clear_copies
from mentorship.privacy.copying import open_tables, withheld
from mentorship.privacy.models import OwnCopy
from mentorship.privacy.persons import Person
from mentorship.privacy.table import model_of, tables

from .privacy_kit import put_canaries

MINE, THEIRS, SECRET = "kanarieeigen", "kanariefremd", "geheim"
CLOSED = [
    ("assessments.VetoItem", "facts"),
    ("promotions.Objection", "content"),
    ("promotions.Candidate", "discussion"),
]


@pytest.fixture
def made(django_capture_on_commit_callbacks):
    def make(user) -> OwnCopy:
        with django_capture_on_commit_callbacks(execute=True):
            copy = ask_copy(by=user)
        copy.refresh_from_db()
        return copy

    return make


def opened(copy: OwnCopy) -> zipfile.ZipFile:
    with copy.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def whole(archive: zipfile.ZipFile) -> str:
    return "".join(archive.read(name).decode("utf-8", "replace") + name for name in archive.namelist())


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_it_holds_what_is_theirs_and_nothing_of_others(world, made, who):
    user, other = getattr(world, who), getattr(world, "other_" + who)
    put_canaries(Person.of_user(other), THEIRS)
    put_canaries(Person.of_user(user), MINE)
    user.refresh_from_db()
    archive = opened(made(user))
    text = whole(archive)
    assert THEIRS not in text
    data = json.loads(archive.read("data.json"))["data"]
    assert {"accounts.User", "people.Secretary", "accounts.RoleGrant"} <= set(data)
    assert data["people.Secretary"][0]["prior_job"].startswith(MINE)
    assert "note" not in data["people.Secretary"][0]
    assert "password" not in data["accounts.User"][0]
    assert {"index.html", "own-copy.css", "data.json"} <= set(archive.namelist())


def test_it_has_every_kind_of_row_that_the_person_may_read(world, made):
    """Whatever has rows of theirs is there, but what the table closes or says waits for its day."""
    person = Person.of_user(world.mentee)
    data = json.loads(opened(made(world.mentee)).read("data.json"))["data"]
    theirs = {t.model for t in open_tables() if not t.only and person.rows_of(t).exists()}
    assert theirs - set(data) == set()
    assert {"letters.ApprenticeshipLetter", "logs.Reflection", "logs.Homework", "growth.Rating"} <= set(data)
    assert not set(data) & {t.model for t in tables().values() if t.closed}


def test_the_mentor_has_theirs(world, made):
    person = Person.of_user(world.mentor)
    data = json.loads(opened(made(world.mentor)).read("data.json"))["data"]
    assert {t.model for t in open_tables() if not t.only and person.rows_of(t).exists()} - set(data) == set()
    assert {"logs.TeachingLog", "letters.AppointmentLetter"} <= set(data)


def test_files_and_photos_come_along(world, made):
    world.mentee_row.secretary.portrait.storage.delete("x")
    put_canaries(Person.of_user(world.mentee), MINE)
    archive = opened(made(world.mentee))
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert any(name.startswith("files/people.Secretary/") for name in files)
    assert any(name.startswith("files/logs.HomeworkFile/") for name in files)
    assert archive.read(files[0]) == MINE.encode()
    sheet = archive.read("index.html").decode()
    assert all(name in sheet for name in files)


def test_a_file_that_is_gone_stops_nothing(world, made, caplog):
    secretary = world.mentee_row.secretary
    Secretary.objects.filter(pk=secretary.pk).update(portrait="portraits/gone.jpg")
    copy = made(world.mentee)
    assert copy.state == PackState.DONE
    assert "portraits/gone.jpg is gone" in caplog.text


def test_sensitive_logs_stay_out(world, made):
    TeachingLog.objects.filter(pk=world.log.pk).update(text=f"{SECRET}家里的事", sensitive=True)
    archive = opened(made(world.mentor))
    assert SECRET not in whole(archive)
    assert "未成年人" in archive.read("index.html").decode()


def test_votes_and_raw_marks_of_others_stay_out(world, made):
    with guards.lifted():
        for model, field in CLOSED:
            assert model_of(tables()[model])._base_manager.update(**{field: SECRET}), f"the world has no {model}"
    for user in (world.mentee, world.mentor, world.reviewer, world.lead):
        assert SECRET not in whole(opened(made(user)))


def test_marks_before_their_release_stay_out(world, made):
    world.sheet.round.__class__.objects.filter(pk=world.sheet.round_id).update(status="scoring")
    world.sheet.__class__.objects.filter(mentee=world.mentee_row).update(suggestion=SECRET)
    assert SECRET not in whole(opened(made(world.mentee)))


def test_an_officer_gets_their_own_not_the_studios(world, made):
    data = json.loads(opened(made(world.lead)).read("data.json"))["data"]
    assert {row["id"] for row in data["accounts.User"]} == {str(world.lead.pk)}
    assert "people.Secretary" not in data
    assert len(data["accounts.RoleGrant"]) == 1


def test_what_is_withheld_is_the_same_for_everybody():
    found = {one.reason: one.what for one in withheld()}
    votes = next(what for reason, what in found.items() if reason.startswith("表决保密"))
    assert {"票箱", "记名票", "已投记号"} <= set(votes.split("；"))
    assert "书记里的备注" in found.values()
    assert all(found)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "的资料"), ("en", 'lang="en"')])
def test_it_speaks_their_language(world, as_, language, words, django_capture_on_commit_callbacks):
    browser = as_("mentee")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("privacy:ask"), headers={"accept-language": language})
    assert words in opened(OwnCopy.objects.get(user=world.mentee)).read("index.html").decode()


def test_text_that_looks_like_markup_is_text(world, made):
    Secretary.objects.filter(pk=world.mentee_row.secretary_id).update(strengths="<script>alert(1)</script>")
    assert "<script>" not in opened(made(world.mentee)).read("index.html").decode()


def test_the_trail_tells_of_asking_and_fetching(world, as_, made):
    copy = made(world.mentee)
    response = as_("mentee").get(reverse("privacy:copy_file", args=[copy.pk]))
    assert response["Cache-Control"] == "private, no-store"
    assert response.getvalue()
    verbs = list(Entry.objects.filter(object_id=str(copy.pk)).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["privacy.copy_asked", "privacy.copy_downloaded"]


def test_nobody_else_fetches_it(world, as_, made):
    copy = made(world.mentee)
    for who in ("mentor", "lead", "officer", "other_mentee"):
        assert as_(who).get(reverse("privacy:copy_file", args=[copy.pk])).status_code == 404


def test_progress_is_told(world, as_, made):
    copy = made(world.mentee)
    state = as_("mentee").get(reverse("privacy:copy_state", args=[copy.pk])).json()
    assert (state["going_on"], state["done"]) == (False, len(open_tables()))
    OwnCopy.objects.filter(pk=copy.pk).update(state=PackState.RUNNING, done=3)
    page = as_("mentee").get(reverse("privacy:copy", args=[copy.pk])).content.decode()
    assert "正在整理" in page
    assert 'value="3"' in page


def test_one_at_a_time_and_a_new_one_for_an_old(world, made):
    first = made(world.mentee)
    second = made(world.mentee)
    first.refresh_from_db()
    assert (first.state, first.file.name) == (PackState.EXPIRED, "")
    OwnCopy.objects.filter(pk=second.pk).update(state=PackState.RUNNING)
    with pytest.raises(Refused, match="正在整理"):
        ask_copy(by=world.mentee)
    OwnCopy.objects.filter(pk=second.pk).update(updated_at=timezone.now() - datetime.timedelta(minutes=11))
    assert made(world.mentee).state == PackState.DONE, "one that was lost on the way stands in nobody's way"


def test_after_seven_days_it_is_gone(world, as_, made, django_capture_on_commit_callbacks):
    copy = made(world.mentee)
    name, storage = copy.file.name, copy.file.storage
    OwnCopy.objects.filter(pk=copy.pk).update(finished_at=timezone.now() - datetime.timedelta(days=7, minutes=1))
    assert as_("mentee").get(reverse("privacy:copy_file", args=[copy.pk])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_copies() >= 1
    assert not storage.exists(name)


def test_one_that_breaks_says_so(world, as_, made, monkeypatch, caplog):
    def broken(user):
        raise OSError("disk")

    monkeypatch.setattr(tasks, "parts_of", broken)
    copy = made(world.mentee)
    assert (copy.state, bool(copy.file)) == (PackState.FAILED, False)
    page = as_("mentee").get(reverse("privacy:copy", args=[copy.pk])).content.decode()
    assert "没有完成" in page
    assert "disk" not in page


def test_the_page_tells_what_is_held(cast, as_):
    page = as_("mentee").get(reverse("privacy:mine")).content.decode()
    for words in ("教学日志", "看得见的人", "留多久", "表决保密"):
        assert words in page
    assert reverse("privacy:mine") in as_("mentee").get(reverse("accounts:me")).content.decode()


def test_nothing_is_asked_while_typing_for_another(world, as_):
    officer = as_("officer")
    officer.post(reverse("accounts:act", args=[world.mentor.pk]))
    assert officer.get(reverse("privacy:mine")).status_code == 403
    assert officer.post(reverse("privacy:ask")).status_code == 403
    assert Rating.objects.exists()
