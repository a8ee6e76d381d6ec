"""T61: tasks of a killed worker and tasks that fail are tried again, parked the fifth time, and never run beside themselves."""

import datetime
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from evaluations.archive.models import ExportJob
from mentorship.common import outages
from mentorship.common.packing import STALLED, PackState
from mentorship.notifications.actions import notify
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.tasks import email_receipt
from mentorship.notifications.words import words_of
from mentorship.privacy.models import OwnCopy
from mentorship.upkeep.actions import LEASE, PAUSES
from mentorship.upkeep.models import MOST_TRIES
from mentorship.upkeep.retaking import PARKED, retake
from tests.factories import UserFactory

NOW = datetime.datetime(2026, 11, 30, 4, tzinfo=datetime.UTC)
MAIL = "mentorship.notifications.tasks.email_receipt"
MINUTE = datetime.timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """What is noted as off stays here."""
    settings.VAR_DIR = tmp_path


def a_task(status=TaskResultStatus.RUNNING, tries=1, started=NOW - LEASE, finished=None, task=MAIL, **more):
    return DBTaskResult.objects.create(
        status=status, task_path=task, args_kwargs={"args": ["00000000-0000-4000-8000-000000000000"], "kwargs": {}},
        backend_name="default", worker_ids=[f"w{number}" for number in range(tries)], started_at=started,
        finished_at=finished, run_after=NOW - LEASE, **more,
    )  # fmt: skip


def failed(tries=1, **more):
    return a_task(TaskResultStatus.FAILED, tries, finished=NOW, traceback="Traceback\nSMTPException: no", **more)


def test_a_task_whose_worker_was_killed_goes_back_when_its_lease_is_over():
    task = a_task()
    assert retake(now=NOW - MINUTE) == (0, 0)
    assert retake(now=NOW) == (1, 0)
    task.refresh_from_db()
    assert (task.status, task.run_after, task.worker_ids) == (TaskResultStatus.READY, NOW, ["w0"])
    assert retake(now=NOW) == (0, 0)


def test_a_failed_task_waits_longer_each_time():
    tasks = [failed(tries) for tries in range(1, MOST_TRIES)]
    assert retake(now=NOW) == (4, 0)
    for task, pause in zip(tasks, PAUSES, strict=True):
        task.refresh_from_db()
        assert (task.status, task.run_after, task.finished_at) == (TaskResultStatus.READY, NOW + pause, None)


@pytest.mark.parametrize("make", [failed, a_task])
def test_the_fifth_time_parks_it_and_tells_the_operators_once(make, cast):
    operator = UserFactory(is_operator=True)
    UserFactory(is_operator=True, is_active=False)
    first, second = make(tries=MOST_TRIES), make(tries=MOST_TRIES)
    assert retake(now=NOW) == (0, 2)
    for task in (first, second):
        task.refresh_from_db()
        assert (task.status, task.worker_ids[-1]) == (TaskResultStatus.FAILED, PARKED)
    receipt = Receipt.objects.get()
    assert receipt.recipient == operator
    assert "email_receipt" in words_of(receipt.notice, "zh-hans").title
    assert retake(now=NOW) == (0, 0)


def test_with_the_mail_server_away_the_word_to_operators_makes_no_further_words(cast):
    UserFactory(is_operator=True)
    for hours in (0, 5, 23):
        failed(tries=MOST_TRIES)
        retake(now=timezone.now() + datetime.timedelta(hours=hours))
    assert Notice.objects.count() == 1
    failed(tries=MOST_TRIES)
    retake(now=timezone.now() + datetime.timedelta(hours=25))
    assert Notice.objects.count() == 2


def test_a_worker_that_was_only_slow_keeps_what_it_did(monkeypatch):
    """It ends between the look and the change."""
    task = a_task()
    stale = DBTaskResult.objects.get(pk=task.pk)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    monkeypatch.setattr(
        "mentorship.upkeep.retaking.DBTaskResult.objects.running",
        lambda: type("Rows", (), {"filter": lambda self, **_: [stale]})(),
    )
    assert retake(now=NOW) == (0, 0)
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL


@pytest.mark.parametrize("status", [TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL])
def test_others_are_left_alone(status):
    a_task(status)
    assert retake(now=NOW) == (0, 0)


def work():
    """What a worker does with the next task that is ready, without its loop and its signals."""
    DBTaskResult.objects.update(run_after=timezone.now() - MINUTE)
    task = DBTaskResult.objects.ready().first()
    if task:
        worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
            worker_id="w", excluded_queue_names=[],
        )  # fmt: skip
        task.claim("w")
        worker.run_task(task)


def test_a_mail_is_sent_once_when_the_mail_server_is_back(settings, cast, monkeypatch):
    settings.TASKS = settings.TASKS | {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("mentorship.notifications.tasks.next_polite_moment", lambda now: None)
    person = UserFactory(email="a@example.com")
    notice = notify(kind="message", studio=cast.studio, to=[person], particulars={"title": "t", "text": "x"})
    email_receipt.enqueue(str(Receipt.objects.get(notice=notice).pk))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    work()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _round in range(3):
        retake(now=timezone.now())
        work()
    assert [one.to for one in mail.outbox] == [["a@example.com"]]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_poison_is_parked_and_the_queue_goes_on(settings, cast):
    settings.TASKS = settings.TASKS | {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    poison = a_task(TaskResultStatus.READY, tries=0, task="mentorship.notifications.tasks.no_such_task", priority=9)
    email_receipt.enqueue("00000000-0000-4000-8000-000000000000")  # its object is gone
    for _round in range(MOST_TRIES + 2):
        work()
        retake(now=timezone.now())
    poison.refresh_from_db()
    assert poison.worker_ids == ["w"] * MOST_TRIES + [PARKED]
    assert DBTaskResult.objects.exclude(pk=poison.pk).get().status == TaskResultStatus.SUCCESSFUL


def test_the_command_says_what_it_did(capsys):
    a_task(started=timezone.now() - LEASE)
    call_command("retake_tasks")
    assert capsys.readouterr().out == "1 tried again, 0 parked\n"


def test_a_killed_copy_is_begun_again_but_not_beside_one_that_is_being_made(cast):
    copy = OwnCopy.objects.create(user=cast.mentor, language="zh-hans", state=PackState.RUNNING)
    assert not OwnCopy.objects.to_begin().exists()
    OwnCopy.objects.update(updated_at=timezone.now() - STALLED - MINUTE)
    assert OwnCopy.objects.to_begin().get() == copy


def test_a_killed_export_is_begun_again_but_not_beside_one_that_is_being_made(cast):
    job = ExportJob.objects.create(studio=cast.studio, cohort=cast.cohort, asked_by=cast.lead, state="running")
    assert not ExportJob.objects.to_begin().exists()
    ExportJob.objects.update(updated_at=timezone.now() - STALLED - MINUTE)
    assert ExportJob.objects.to_begin().get() == job


@pytest.mark.parametrize(("backend", "there"), [("django_tasks_db.DatabaseBackend", True), ("", False)])
def test_it_is_scheduled_where_there_are_workers(tmp_path, backend, there):
    env = os.environ | {"STUDIO_ENV": "embedded", "STUDIO_VAR": str(tmp_path), "DATABASE_URL": ""}
    if backend:
        env["TASKS_BACKEND"] = backend
    code = "import mentorship.settings as s; print('retake_tasks' in s.SCHEDULE)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(there)


@pytest.mark.parametrize("run_after", [NOW - LEASE, get_date_max()])  # put off until then; asked for at once
def test_a_queue_that_nobody_serves_is_noted_until_it_is_served(run_after):
    task = a_task(TaskResultStatus.READY, tries=0)
    DBTaskResult.objects.update(enqueued_at=NOW - LEASE, run_after=run_after)
    retake(now=NOW)
    assert outages.parts_off() == ["queue"]
    DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.SUCCESSFUL)
    retake(now=NOW)
    assert outages.parts_off() == []


def test_what_a_killed_worker_had_stored_does_not_stay_beside_the_new_one(cast):
    copy = OwnCopy.objects.create(user=cast.mentor, language="zh-hans", state=PackState.RUNNING)
    for content in (b"first", b"second"):
        OwnCopy.objects.get(pk=copy.pk).keep(io.BytesIO(content))
    copy.keep(io.BytesIO(b"third"))
    with copy.file.open("rb") as file:
        assert file.read() == b"third"
    assert [path.name for path in Path(copy.file.path).parent.glob(f"{copy.pk}*")] == [f"{copy.pk}.zip"]
