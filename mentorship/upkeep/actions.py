"""Taking a job up, keeping it, ending it. Any number of schedulers may do so at once: the database says who has it."""

import datetime
import logging

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.notifications.actions import notify
from mentorship.places.models import Studio

from .choices import RunState
from .jobs import Job
from .models import MOST_TRIES, JobRun

log = logging.getLogger(__name__)
LEASE = datetime.timedelta(minutes=15)
PAUSES = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 25, 60)]  # before the second try, the third, ...
KEPT = datetime.timedelta(days=90)


def claim(*, job: Job, now: datetime.datetime) -> JobRun | None:
    """The run that is this scheduler's to do now, or None: not due, done already, or in other hands.

    A run that is still open comes before the next one, so that a job never runs beside itself.
    """
    slot = job.rhythm.slot(timezone.localtime(now))
    if slot is None:
        return None
    open_run = JobRun.objects.open().filter(job=job.name).first()
    if open_run:
        return take_up(open_run, now)
    if JobRun.objects.filter(job=job.name, slot=slot).exists():
        return None
    try:
        with transaction.atomic():
            return JobRun.objects.create(job=job.name, slot=slot, started_at=now, lease_until=now + LEASE)
    except IntegrityError:  # another scheduler was faster by a moment
        return None


def take_up(run: JobRun, now: datetime.datetime) -> JobRun | None:
    """A failed run whose pause is over, or one whose scheduler was killed: the one who changes the row has it."""
    ready = Q(state=RunState.FAILED, retry_at__lte=now) | Q(state=RunState.RUNNING, lease_until__lte=now)
    if run.state == RunState.RUNNING and run.lease_until <= now and run.tries >= MOST_TRIES:
        close(run=run, said="the run was cut off each time", now=now)
        return None
    taken = JobRun.objects.filter(ready, pk=run.pk, tries=run.tries, tries__lt=MOST_TRIES).update(
        state=RunState.RUNNING, tries=F("tries") + 1, lease_until=now + LEASE, retry_at=None, started_at=now
    )
    return JobRun.objects.get(pk=run.pk) if taken else None


def still_mine(run: JobRun):
    """The row, unless the lease ran out and somebody else has it."""
    return JobRun.objects.filter(pk=run.pk, state=RunState.RUNNING, tries=run.tries)


def renew(*, run: JobRun, now: datetime.datetime) -> bool:
    return bool(still_mine(run).update(lease_until=now + LEASE))


def finish(*, run: JobRun, said: str, now: datetime.datetime) -> None:
    still_mine(run).update(state=RunState.DONE, lease_until=None, finished_at=now, said=said[-300:])
    JobRun.objects.filter(job=run.job, slot__lt=now - KEPT).exclude(pk=run.pk).delete()


def fail(*, run: JobRun, said: str, now: datetime.datetime) -> None:
    """Tried again after a growing pause; the fifth time it is parked and the operators are told."""
    if run.tries >= MOST_TRIES:
        close(run=run, said=said, now=now)
        return
    still_mine(run).update(
        state=RunState.FAILED, lease_until=None, retry_at=now + PAUSES[run.tries - 1], said=said[-300:]
    )
    log.warning("%s failed (try %s): %s", run.job, run.tries, said)


def put_back(*, run: JobRun, now: datetime.datetime) -> None:
    """The scheduler ends in good order with a job half-way: the next one may begin it at once, and it was no try."""
    still_mine(run).update(
        state=RunState.FAILED,
        tries=max(1, run.tries - 1),
        lease_until=None,
        retry_at=now,
        said="stopped with the scheduler",
    )


@transaction.atomic
def close(*, run: JobRun, said: str, now: datetime.datetime) -> None:
    parked = still_mine(run).update(
        state=RunState.PARKED, lease_until=None, retry_at=None, finished_at=now, said=said[-300:]
    )
    if not parked:
        return
    log.error("%s is parked after %s tries: %s", run.job, run.tries, said)
    studio = Studio.objects.order_by("created_at").first()
    if studio:  # a notice lies in some studio; operators read those of all
        operators = User.objects.filter(is_operator=True, is_active=True)
        notify(kind="job_parked", studio=studio, to=operators, particulars={"job": run.job, "tries": run.tries})
