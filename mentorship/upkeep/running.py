"""Doing what is due: each job in a process of its own, so that none can hurt the next or the scheduler."""

import datetime
import logging
import subprocess  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from . import actions
from .jobs import Job, jobs
from .models import JobRun

log = logging.getLogger(__name__)
LOOK_EVERY = 30  # seconds
LONGEST = datetime.timedelta(hours=2)
GRACE = 10  # seconds for a job to end when it is asked to


class Stopped(Exception):
    """The scheduler is to end, and the job with it."""


class Ended(NamedTuple):
    good: bool
    said: str


Runner = Callable[[str, Callable[[], None]], Ended]


def never() -> bool:
    return False


class InAProcess:
    """Runs `manage.py COMMAND`. `stopping` is asked twice a second; `beat` keeps the lease alive meanwhile."""

    def __init__(self, stopping: Callable[[], bool] = never, longest: datetime.timedelta = LONGEST):
        self.stopping, self.longest = stopping, longest

    def __call__(self, command: str, beat: Callable[[], None]) -> Ended:
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(  # noqa: S603 - our own program and a name from our settings  # nosec B603
                [sys.executable, "manage.py", command],
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal reaches the scheduler, which ends the job itself
            )
            in_time = self.wait(process, beat)
            output.seek(0)
            said = last_line(output.read().decode(errors="replace"))
        if not in_time:
            return Ended(False, f"ended after {self.longest}: it took too long")
        return Ended(process.returncode == 0, said)

    def wait(self, process: subprocess.Popen, beat: Callable[[], None]) -> bool:
        began = beaten = time.monotonic()
        while True:
            try:
                process.wait(timeout=0.5)
                return True
            except subprocess.TimeoutExpired:
                now = time.monotonic()
            if self.stopping():
                end(process)
                raise Stopped
            if now - began > self.longest.total_seconds():
                end(process)
                return False
            if now - beaten > LOOK_EVERY:
                beaten = now
                beat()


def end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][-300:] if lines else ""


def run_due(runner: Runner) -> list[JobRun]:
    """Everything that is due now, one after the other; what was tried. Raises Stopped when the runner was told to end."""
    tried = []
    for job in jobs():
        run = actions.claim(job=job, now=timezone.now())
        if run:
            perform(job, run, runner)
            tried.append(JobRun.objects.get(pk=run.pk))
    return tried


def perform(job: Job, run: JobRun, runner: Runner) -> None:
    try:
        ended = runner(job.name, lambda: beat(run))
    except Stopped:
        actions.put_back(run=run, now=timezone.now())
        raise
    except Exception as error:
        log.exception("%s", job.name)
        ended = Ended(False, f"{type(error).__name__}: {error}")
    settle = actions.finish if ended.good else actions.fail
    settle(run=run, said=ended.said, now=timezone.now())


def beat(run: JobRun) -> None:
    try:
        actions.renew(run=run, now=timezone.now())
    except DatabaseError as error:  # the job itself will find out; its lease may outlast the trouble
        log.warning("the lease of %s was not renewed: %s", run.job, error)


def run_until(stopping: Callable[[], bool], runner: Runner, pause: Callable[[float], None] = time.sleep) -> None:
    """Looks for what is due every half minute, until `stopping()`. Nothing else ends it: not a database that is away."""
    while not stopping():
        try:
            run_due(runner)
        except Stopped:
            return
        except DatabaseError as error:
            log.warning("the schedule waits for the database: %s", error)
        except Exception:  # the run keeps its lease, and is taken up again when it is over
            log.exception("the schedule")
        finally:
            connections.close_all()
        for _second in range(LOOK_EVERY):
            if stopping():
                return
            pause(1)
