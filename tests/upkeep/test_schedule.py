"""Jobs run once, are taken up again, retried and parked. The clock is passed in; only the runner is a stand-in."""

import contextlib
import datetime
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.utils import timezone

from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of
from mentorship.upkeep import actions, running
from mentorship.upkeep.choices import RunState
from mentorship.upkeep.jobs import Job, jobs, unknown_jobs
from mentorship.upkeep.models import MOST_TRIES, JobRun
from mentorship.upkeep.rhythm import parse
from mentorship.upkeep.running import Ended, InAProcess, Stopped, perform, run_due, run_until
from tests.factories import UserFactory
from tests.migrated import copy_to

ROOT = Path(__file__).resolve().parent.parent.parent
JOB = Job("check", parse("daily 03:20"), "daily 03:20")
NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


def good(command, beat):
    return Ended(True, f"{command} went well")


def bad(command, beat):
    return Ended(False, "it did not go")


def fail_until_parked(now=NOON):
    for pause in [datetime.timedelta(0), *actions.PAUSES]:
        now += pause
        run = actions.claim(job=JOB, now=now)
        actions.fail(run=run, said="no", now=now)
    return JobRun.objects.get()


# --- once


def test_a_job_is_claimed_once_a_slot_and_again_the_next_day():
    run = actions.claim(job=JOB, now=NOON)
    assert (run.state, run.tries, run.slot.astimezone(NOON.tzinfo).hour) == (RunState.RUNNING, 1, 3)
    assert actions.claim(job=JOB, now=NOON) is None
    actions.finish(run=run, said="well", now=NOON + MINUTE)
    assert actions.claim(job=JOB, now=NOON + 2 * MINUTE) is None
    assert actions.claim(job=JOB, now=NOON + DAY).tries == 1
    assert JobRun.objects.count() == 2


def test_a_machine_that_slept_for_a_week_makes_up_one_run():
    actions.finish(run=actions.claim(job=JOB, now=NOON), said="", now=NOON)
    assert actions.claim(job=JOB, now=NOON + 7 * DAY)
    assert JobRun.objects.count() == 2


def test_nothing_begins_in_closed_hours():
    evening = JOB._replace(rhythm=parse("daily 07:40 until 20:00"))
    assert actions.claim(job=evening, now=NOON.replace(hour=21)) is None
    assert actions.claim(job=evening, now=NOON)


def test_a_retry_of_closed_hours_waits_for_the_morning():
    evening = JOB._replace(rhythm=parse("daily 07:40 until 20:00"))
    late = NOON.replace(hour=19, minute=59)
    actions.fail(run=actions.claim(job=evening, now=late), said="", now=late)
    assert actions.claim(job=evening, now=late + 5 * MINUTE) is None
    assert actions.claim(job=evening, now=late.replace(hour=8) + DAY).tries == 2


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_run_a_job_once():
    start, claimed = threading.Barrier(6), []

    def scheduler():
        try:
            start.wait()
            claimed.append(actions.claim(job=JOB, now=NOON))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=scheduler) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == 6
    assert len([run for run in claimed if run]) == 1


# --- leases


def test_a_killed_scheduler_leaves_its_job_to_the_next_when_the_lease_is_over():
    lost = actions.claim(job=JOB, now=NOON)
    assert actions.claim(job=JOB, now=NOON + actions.LEASE - MINUTE) is None
    taken = actions.claim(job=JOB, now=NOON + actions.LEASE)
    assert (taken.pk, taken.tries) == (lost.pk, 2)
    assert not actions.renew(run=lost, now=NOON + actions.LEASE)
    actions.finish(run=lost, said="I was late", now=NOON + actions.LEASE)
    assert JobRun.objects.get().state == RunState.RUNNING  # whoever lost it can't end it


def test_a_lease_that_is_renewed_holds():
    run = actions.claim(job=JOB, now=NOON)
    assert actions.renew(run=run, now=NOON + actions.LEASE - MINUTE)
    assert actions.claim(job=JOB, now=NOON + actions.LEASE + MINUTE) is None


def test_a_job_that_kills_its_scheduler_each_time_is_parked(cast):
    now = NOON
    for _try in range(MOST_TRIES):
        assert actions.claim(job=JOB, now=now)
        now += actions.LEASE
    assert actions.claim(job=JOB, now=now) is None
    assert JobRun.objects.get().state == RunState.PARKED


def test_a_scheduler_that_is_stopped_hands_over_at_once_and_it_counts_as_no_try():
    for minutes in range(MOST_TRIES + 3):
        now = NOON + minutes * MINUTE
        actions.put_back(run=actions.claim(job=JOB, now=now), now=now)
    assert JobRun.objects.get().tries == 1
    assert actions.claim(job=JOB, now=now).tries == 2


# --- retries


def test_failures_are_tried_again_after_growing_pauses():
    now, waited = NOON, []
    for pause in actions.PAUSES:
        actions.fail(run=actions.claim(job=JOB, now=now), said="no", now=now)
        assert actions.claim(job=JOB, now=now + pause - datetime.timedelta(seconds=1)) is None
        now += pause
        waited.append(pause)
    assert waited == sorted(waited)
    run = actions.claim(job=JOB, now=now)
    assert run.tries == MOST_TRIES
    actions.finish(run=run, said="at last", now=now)
    assert JobRun.objects.get().state == RunState.DONE


def test_the_fifth_failure_parks_the_job_and_tells_the_operators(cast):
    operator = UserFactory(name="运维员", is_operator=True)
    UserFactory(name="离开的", is_operator=True, is_active=False)
    run = fail_until_parked()
    assert (run.state, run.tries, run.said) == (RunState.PARKED, MOST_TRIES, "no")
    receipt = Receipt.objects.get()
    assert receipt.recipient == operator
    assert "check" in words_of(receipt.notice, "zh-hans").title
    assert "check" in words_of(receipt.notice, "en").title
    assert actions.claim(job=JOB, now=NOON + 3 * datetime.timedelta(hours=1)) is None


def test_a_parked_job_comes_again_at_its_next_hour(cast):
    fail_until_parked()
    assert actions.claim(job=JOB, now=NOON + DAY).tries == 1


def test_a_job_is_parked_even_where_there_is_nobody_to_tell():
    assert fail_until_parked().state == RunState.PARKED


def test_a_job_that_comes_every_few_minutes_ends_its_retries_before_it_begins_anew():
    often = JOB._replace(rhythm=parse("every 15 minutes"))
    actions.fail(run=actions.claim(job=often, now=NOON), said="", now=NOON)
    actions.fail(run=actions.claim(job=often, now=NOON + MINUTE), said="", now=NOON + MINUTE)
    again = actions.claim(job=often, now=NOON + 16 * MINUTE)
    assert again.tries == 3
    assert JobRun.objects.count() == 1


def test_old_runs_are_cleared_when_a_new_one_ends_well():
    old = actions.claim(job=JOB, now=NOON - actions.KEPT - 2 * DAY)
    actions.finish(run=old, said="", now=NOON - actions.KEPT - 2 * DAY)
    actions.finish(run=actions.claim(job=JOB, now=NOON), said="", now=NOON)
    assert not JobRun.objects.filter(pk=old.pk).exists()
    assert JobRun.objects.count() == 1


# --- what the database promises


@pytest.mark.parametrize(
    "values",
    [
        {"state": RunState.RUNNING},
        {"state": RunState.FAILED},
        {"state": RunState.DONE},
        {"state": RunState.PARKED, "finished_at": NOON, "retry_at": NOON},
        {"state": RunState.RUNNING, "lease_until": NOON, "tries": 6},
        {"state": RunState.RUNNING, "lease_until": NOON, "tries": 0},
    ],
)
def test_impossible_runs_are_refused(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(job="x", slot=NOON, started_at=NOON, **values)


def test_a_job_can_not_be_open_twice():
    first = {"job": "x", "started_at": NOON, "state": RunState.RUNNING, "lease_until": NOON}
    JobRun.objects.create(slot=NOON, **first)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(slot=NOON + DAY, **first)


def test_only_operators_see_runs(cast):
    actions.claim(job=JOB, now=NOON)
    assert not JobRun.objects.visible_to(cast.lead).exists()
    assert JobRun.objects.visible_to(UserFactory(is_operator=True)).exists()


# --- doing it


def test_everything_that_is_due_is_run_once(settings):
    settings.SCHEDULE = {"verify_audit": "daily 00:00", "purge_drafts": "daily 00:00"}
    runs = run_due(good)
    assert [(run.job, run.state, run.said) for run in runs] == [
        ("verify_audit", RunState.DONE, "verify_audit went well"),
        ("purge_drafts", RunState.DONE, "purge_drafts went well"),
    ]
    assert run_due(good) == []


def test_one_that_fails_does_not_keep_the_next_from_running(settings):
    settings.SCHEDULE = {"verify_audit": "daily 00:00", "purge_drafts": "daily 00:00"}

    def runner(command, beat):
        if command == "verify_audit":
            raise OSError("no memory")
        return Ended(True, "")

    first, second = run_due(runner)
    assert (first.state, second.state) == (RunState.FAILED, RunState.DONE)
    assert "no memory" in first.said


def test_a_stop_in_the_middle_hands_the_job_over(settings):
    settings.SCHEDULE = {"verify_audit": "daily 00:00"}

    def runner(command, beat):
        raise Stopped

    with pytest.raises(Stopped):
        run_due(runner)
    assert JobRun.objects.get().said == "stopped with the scheduler"
    assert run_due(good)[0].state == RunState.DONE


def test_a_beat_keeps_the_lease(settings):
    run = actions.claim(job=JOB, now=timezone.now() - 10 * MINUTE)

    def runner(command, beat):
        beat()
        assert JobRun.objects.get().lease_until > timezone.now() + 14 * MINUTE
        return Ended(True, "")

    perform(JOB, run, runner)
    assert JobRun.objects.get().state == RunState.DONE


def test_names_without_a_command_are_left_out_and_told(settings):
    settings.SCHEDULE = {"verify_audit": "daily 00:00", "no_such_thing": "daily 00:00"}
    assert [job.name for job in jobs()] == ["verify_audit"]
    assert unknown_jobs() == ["no_such_thing"]


@pytest.mark.parametrize("error", [DatabaseError("gone"), ValueError("a template is broken")])
def test_the_loop_outlives_whatever_goes_wrong(monkeypatch, error):
    rounds = []

    def away(runner):
        rounds.append(1)
        raise error

    monkeypatch.setattr(running, "run_due", away)
    monkeypatch.setattr(running.connections, "close_all", lambda: None)
    run_until(lambda: len(rounds) >= 3, good, pause=lambda seconds: None)
    assert len(rounds) == 3


# --- in a process of its own


def manage(*arguments, var, **more):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("STUDIO_", "DATABASE_URL"))}
    environment |= {"STUDIO_ENV": "embedded", "STUDIO_VAR": str(var), "TZ": "UTC"} | more
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_a_command_says_its_last_line_and_whether_it_went_well():
    assert InAProcess()("version", lambda: None).good
    ended = InAProcess()("no_such_command", lambda: None)
    assert not ended.good
    assert "no_such_command" in ended.said or "help" in ended.said


def test_one_that_takes_too_long_is_ended():
    ended = InAProcess(longest=datetime.timedelta(0))("check", lambda: None)
    assert (ended.good, "too long" in ended.said) == (False, True)


def test_a_running_job_ends_with_its_scheduler():
    with pytest.raises(Stopped):
        InAProcess(stopping=lambda: True)("check", lambda: None)


@pytest.mark.slow
def test_the_command_runs_what_is_due_and_ends_with_its_parent(tmp_path):
    copy_to(tmp_path / "studio.sqlite3")
    beside_nobody = manage("run_schedule", "--beside", "1", var=tmp_path)
    assert beside_nobody.communicate(timeout=120)[0] == ""
    assert beside_nobody.returncode == 0
    beside_us = manage("run_schedule", "--beside", str(os.getpid()), var=tmp_path)
    done = 0
    with contextlib.closing(sqlite3.connect(tmp_path / "studio.sqlite3")) as database:
        for _try in range(600):
            (done,) = database.execute("SELECT count(*) FROM upkeep_jobrun WHERE state = 'done'").fetchone()
            if done:
                break
            time.sleep(0.2)
    beside_us.terminate()
    beside_us.communicate(timeout=60)
    assert beside_us.returncode == 0
    assert done


def test_the_schedule_never_runs_with_test_settings():
    for arguments in ([], ["--once"], ["--beside", "1"]):
        with pytest.raises(CommandError, match="never runs with test settings"):
            call_command("run_schedule", *arguments)


def test_the_list_says_how_it_last_went(capsys, settings):
    settings.SCHEDULE = {"verify_audit": "daily 00:00", "purge_drafts": "daily 00:00", "nothing": "daily 00:00"}
    actions.finish(run=actions.claim(job=jobs()[0], now=timezone.now()), said="sound", now=timezone.now())
    call_command("run_schedule", "--list")
    first, second, third = capsys.readouterr().out.splitlines()
    assert "done" in first
    assert "sound" in first
    assert "never run" in second
    assert "no such command" in third


def test_a_lost_race_leaves_the_transaction_usable(monkeypatch):
    monkeypatch.setattr(JobRun.objects, "create", lambda **values: (_ for _ in ()).throw(IntegrityError()))
    assert actions.claim(job=JOB, now=NOON) is None
    assert not connection.needs_rollback
