"""ZIPs: what is in them, how a job goes through its states, and who may fetch the file, and until when."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evaluations.archive import actions, tasks
from evaluations.archive.models import ExportJob
from evaluations.archive.queries import MentoringFile
from mentorship.accounts.models import User
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.common.packing import STALLED, PackState
from mentorship.people.models import Secretary
from tests.factories.archive import make_job

from .archive_kit import SECRETS, counts_in_database, full_file, on_the_day, pictures_in, text_of


@pytest.fixture
def c(cast):
    return full_file(cast)


@pytest.fixture
def made(c, django_capture_on_commit_callbacks):
    def make(by="officer", **more) -> ExportJob:
        with django_capture_on_commit_callbacks(execute=True):
            job = actions.ask_export(by=getattr(c, by), cohort=c.cohort, **more)
        job.refresh_from_db()
        return job

    return make


def opened(job) -> zipfile.ZipFile:
    with job.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def sheet_of(archive) -> list[tuple]:
    name = next(name for name in archive.namelist() if name.endswith(".xlsx"))
    return list(load_workbook(io.BytesIO(archive.read(name))).active.iter_rows(values_only=True))


def test_one_pdf_a_person_and_a_list_of_digests(c, made):
    job = made()
    assert (job.state, job.done, job.total) == (PackState.DONE, 2, 2)
    archive = opened(job)
    assert sorted(archive.namelist()) == [
        "第一批带教档案/00 目录.xlsx", "第一批带教档案/01 何嘉怡.pdf", "第一批带教档案/02 钱立峰.pdf",
    ]  # fmt: skip
    assert all(info.flag_bits & 0x800 for info in archive.infolist()), "names are marked as UTF-8"
    rows = sheet_of(archive)
    whole = next(row for row in rows if row[5] == "全卷" and row[1] == "何嘉怡")
    assert whole[6] == sum(counts_in_database(c.mentee_row).values())
    assert whole[7] == MentoringFile(c.mentee_row).digest
    assert whole[8] == hashlib.sha256(archive.read("第一批带教档案/01 何嘉怡.pdf")).hexdigest()
    logs = next(row for row in rows if row[5] == "教学日志")
    assert (logs[4], logs[6]) == ("7", counts_in_database(c.mentee_row)["logs"])


def test_what_must_stay_is_not_in_the_zip(c, made):
    archive = opened(made())
    pdf = archive.read("第一批带教档案/01 何嘉怡.pdf")
    for secret in SECRETS.values():
        assert secret not in text_of(pdf) + str(sheet_of(archive))
    assert pictures_in(pdf) == 2
    assert "打印人：龙飞" in text_of(pdf)


def test_one_group(c, made):
    job = made(mentor=c.mentor_row)
    assert [name for name in opened(job).namelist() if name.endswith(".pdf")] == [
        "第一批沈桂芳组带教档案/01 何嘉怡.pdf"
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("何嘉怡", "何嘉怡"), ("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"), ("CON", "_CON"), ("com1.x", "_com1.x"),
        ("名字. ", "名字"), ("...", "_"), ("一" * 200, "一" * 80), ("a\nb\x00", "a_b_"), ("../../x", "_.._x"),
    ],
)  # fmt: skip
def test_names_that_windows_takes(words, name):
    assert tasks.safe_name(words) == name


def test_an_odd_name_stays_inside_its_folder(c, made):
    Secretary.objects.filter(pk=c.mentee_row.secretary_id).update(name="../../何|嘉怡")
    names = opened(made(mentor=c.mentor_row)).namelist()
    assert all(name.startswith("第一批沈桂芳组带教档案/") and ".." not in name.split("/")[1][:3] for name in names)


def test_a_job_that_breaks_says_so_and_can_be_done_again(
    c, made, as_, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def broken(mentee, *, by):
        raise OSError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "file_pdf", broken)
        job = made()
    assert (job.state, bool(job.file)) == (PackState.FAILED, False)
    assert "disk" in caplog.text
    assert Entry.objects.filter(verb="archive.export_failed").exists()
    officer = as_("officer")
    page = officer.get(reverse("archive:export_job", args=[job.pk])).content.decode()
    assert "整理到一半出了错" in page
    assert "disk" not in page
    assert officer.get(reverse("archive:export_file", args=[job.pk])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("archive:export_retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.done) == (PackState.DONE, 2)


def test_a_right_lost_while_it_is_made_stops_it(c, made, monkeypatch):
    real = tasks.file_pdf

    def and_then_revoked(mentee, *, by):
        c.officer.role_grants.update(revoked_at=timezone.now())
        return real(mentee, by=by)

    monkeypatch.setattr(tasks, "file_pdf", and_then_revoked)
    job = made()
    assert (job.state, job.problem, bool(job.file)) == (PackState.FAILED, tasks.NO_RIGHT, False)


def fetched(browser, job) -> bytes:
    return browser.get(reverse("archive:export_file", args=[job.pk])).getvalue()


def test_a_right_lost_before_it_is_fetched_closes_the_door(c, made, as_):
    job = made()
    assert fetched(as_("officer"), job)[:2] == b"PK"
    c.officer.role_grants.update(revoked_at=timezone.now())
    c.officer = User.objects.get(pk=c.officer.pk)
    for name in ("export_file", "export_job", "export_state"):
        assert as_("officer").get(reverse(f"archive:{name}", args=[job.pk])).status_code == 403


@pytest.mark.parametrize("who", ["lead", "leader", "mentee", "mentor", "stranger"])
def test_nobody_else_fetches_it(c, made, as_, who):
    job = made()
    assert as_(who).get(reverse("archive:export_file", args=[job.pk])).status_code in {403, 404}
    assert str(job.pk) not in as_("lead").get(reverse("archive:exports")).content.decode()


def test_the_file_goes_after_seven_days(c, made, as_, django_capture_on_commit_callbacks):
    job = made()
    name = job.file.name
    ExportJob.objects.update(finished_at=timezone.now() - timedelta(days=6, hours=23))
    assert actions.clear_exports() == 0
    ExportJob.objects.update(finished_at=timezone.now() - timedelta(days=7, minutes=1))
    officer = as_("officer")
    assert officer.get(reverse("archive:export_file", args=[job.pk])).status_code == 404, "closed at once"
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clear_exports")
    assert not default_storage.exists(name)
    job.refresh_from_db()
    assert job.state == PackState.EXPIRED
    assert "只保留7天" in officer.get(reverse("archive:export_job", args=[job.pk])).content.decode()


def test_fetching_is_written_down(c, made, as_):
    job = made()
    answer = as_("officer").get(reverse("archive:export_file", args=[job.pk]))
    assert answer.getvalue()[:2] == b"PK"
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    verbs = Entry.objects.filter(verb__startswith="archive.").values_list("verb", flat=True)
    assert list(verbs.order_by("sequence")) == ["archive.exported", "archive.export_downloaded"]


def test_the_state_for_the_page_that_watches(c, as_):
    job = make_job(c.cohort, c.officer, state=PackState.RUNNING, done=1, total=2, file="", finished_at=None)
    url = reverse("archive:export_state", args=[job.pk])
    state = as_("officer").get(url).json()
    assert state == {"going_on": True, "done": 1, "total": 2, "words": "整理好1份，共2份。"}
    ExportJob.objects.update(updated_at=timezone.now() - STALLED - timedelta(seconds=1))
    assert as_("officer").get(url).json()["going_on"] is False
    page = as_("officer").get(reverse("archive:export_job", args=[job.pk])).content.decode()
    assert "整理到一半停住了" in page


def test_a_running_job_is_neither_asked_for_twice_nor_done_again(c):
    job = make_job(c.cohort, c.officer, state=PackState.RUNNING, done=0, total=2, file="", finished_at=None)
    with pytest.raises(Refused):
        actions.ask_export(by=c.officer, cohort=c.cohort)
    with pytest.raises(Refused):
        actions.retry_export(by=c.officer, job=job)
    tasks.make_export.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == PackState.RUNNING, "what is being made by one worker is left alone by another"


def test_an_empty_group_is_refused_next_to_the_field(cast, as_):
    on_the_day(cast)
    cast.mentee_row.__class__.objects.filter(cohort=cast.cohort).update(status="recommended")
    answer = as_("officer").post(reverse("archive:export", args=[cast.cohort.pk]), {"mentor": cast.mentor_row.pk})
    assert "没有档案可以打包" in str(answer.context["form"].errors)
    assert not ExportJob.objects.exists()


def test_another_studio_s_mentor_is_no_group_of_ours(c, as_):
    answer = as_("officer").post(reverse("archive:export", args=[c.cohort.pk]), {"mentor": c.foreign_mentor_row.pk})
    assert "这位师傅不在这一批" in answer.content.decode()
    assert not ExportJob.objects.exists()


def test_the_list_of_zips_costs_the_same_for_one_and_for_three(c, as_, count_queries):
    officer, url = as_("officer"), reverse("archive:exports")
    make_job(c.cohort, c.officer)
    officer.get(url)
    one = count_queries(lambda: officer.get(url))
    for _n in range(2):
        make_job(c.cohort, c.officer, mentor=c.mentor_row)
    assert count_queries(lambda: officer.get(url)) == one
