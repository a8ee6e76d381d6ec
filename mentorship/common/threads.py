"""Long work on one machine without a worker process: each task in a thread of its own, so that no page waits for it."""

import logging
import threading

from django.db import connections
from django_tasks.backends.immediate import ImmediateBackend

log = logging.getLogger(__name__)


class ThreadBackend(ImmediateBackend):
    """`enqueue` returns at once. What is running when the server stops is lost: a task must say how far it got."""

    def _execute_task(self, task_result) -> None:
        threading.Thread(target=self.run, args=[task_result], name=task_result.task.name, daemon=True).start()

    def run(self, task_result) -> None:
        try:
            super()._execute_task(task_result)
        finally:
            for error in task_result.errors:
                log.error("%s\n%s", task_result.task.name, error.traceback)
            connections.close_all()
