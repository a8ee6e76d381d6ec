"""Background tasks whose worker was killed, or which failed: tried again, and parked the fifth time.

django-tasks-db hands a task to a worker and never asks again. A try is one worker in `worker_ids`.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from mentorship.accounts.models import User
from mentorship.common import outages
from mentorship.notifications.actions import notify
from mentorship.notifications.models import Notice
from mentorship.places.models import Studio

from .actions import LEASE, PAUSES
from .models import MOST_TRIES

log = logging.getLogger(__name__)
IDLE = datetime.timedelta(minutes=10)  # longer than a ZIP takes a worker
KIND = "task_parked"
PARKED = "parked"  # stands last among the workers of a task that is left alone
CUT_OFF = "its worker was killed each time"


def retake(*, now: datetime.datetime) -> tuple[int, int]:
    """How many tasks go back into the queue, and how many are parked."""
    cut_off = DBTaskResult.objects.running().filter(started_at__lte=now - LEASE)
    again, parked = 0, []
    for task in [*cut_off, *DBTaskResult.objects.failed()]:
        if task.worker_ids[-1:] == [PARKED]:
            continue
        if len(task.worker_ids) < MOST_TRIES:
            again += put_back(task, now)
        elif park(task, now):
            parked.append(name_of(task))
    for job in sorted(set(parked)):
        tell(job, now)
    note_queue(now)
    return again, len(parked)


def note_queue(now: datetime.datetime) -> None:
    """Pages say so while nobody takes up what waits."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=now - IDLE)  # the end of all days stands for "at once"
    waits_long = DBTaskResult.objects.ready().filter(due, enqueued_at__lte=now - IDLE).exists()
    (outages.note if waits_long else outages.over)(outages.QUEUE)


def name_of(task: DBTaskResult) -> str:
    return task.task_path.rpartition(".")[2]


def unchanged(task: DBTaskResult):
    """The row, unless its worker was only slow, or another took it."""
    return DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)


def put_back(task: DBTaskResult, now: datetime.datetime) -> int:
    """After a growing pause. One that was cut off has waited for its lease already."""
    run_after = now
    if task.status == TaskResultStatus.FAILED:
        run_after = task.finished_at + PAUSES[max(1, len(task.worker_ids)) - 1]
    return unchanged(task).update(status=TaskResultStatus.READY, run_after=run_after, finished_at=None)


def park(task: DBTaskResult, now: datetime.datetime) -> int:
    parked = unchanged(task).update(
        status=TaskResultStatus.FAILED,
        worker_ids=[*task.worker_ids, PARKED],
        finished_at=task.finished_at or now,
        traceback=task.traceback or CUT_OFF,
    )
    if parked:
        why = (task.traceback.strip() or CUT_OFF).splitlines()[-1]
        log.error("task %s of %s is parked after %s tries: %s", task.pk, task.task_path, MOST_TRIES, why)
    return parked


@transaction.atomic
def tell(job: str, now: datetime.datetime) -> None:
    """The operators, once a day for each kind of task: with the mail server away, every word to them is such a task."""
    told = Notice.objects.filter(kind=KIND, particulars__job=job, created_at__gt=now - datetime.timedelta(days=1))
    studio = Studio.objects.order_by("created_at").first()
    if studio and not told.exists():  # a notice lies in some studio; operators read those of all
        operators = User.objects.filter(is_operator=True, is_active=True)
        notify(kind=KIND, studio=studio, to=operators, particulars={"job": job, "tries": MOST_TRIES})
