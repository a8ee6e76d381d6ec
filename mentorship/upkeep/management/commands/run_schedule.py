"""What a studio does by itself: reminders, digests, clearing, checks, backups (settings.SCHEDULE)."""

import os
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.upkeep.choices import RunState
from mentorship.upkeep.jobs import jobs, unknown_jobs
from mentorship.upkeep.models import JobRun
from mentorship.upkeep.running import InAProcess, Stopped, run_due, run_until


class Command(BaseCommand):
    help = "Runs what is due, again and again, until it is stopped. Several may run at once: each job runs once."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="run what is due now and end, for cron or a systemd timer")
        how.add_argument("--list", action="store_true", dest="show", help="say what is planned and how it last went")
        how.add_argument("--beside", type=int, metavar="PID", help="end when the parent process, PID, ends")

    def handle(self, *args, once, show, beside, **options):
        if show:
            self.show()
        elif settings.ENV == "test":
            raise CommandError("The schedule never runs with test settings: nobody is to be reminded by a test.")
        elif once:
            self.run_once(InAProcess(stopping=self.stopping_when_told(beside)))
        else:
            runner = InAProcess(stopping=self.stopping_when_told(beside))
            run_until(runner.stopping, runner)

    def stopping_when_told(self, parent):
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        return lambda: told.is_set() or (parent is not None and os.getppid() != parent)

    def run_once(self, runner):
        try:
            runs = run_due(runner)
        except Stopped:
            raise CommandError("Stopped; the job that was running will begin again.") from None
        for run in runs:
            self.stdout.write(f"{run.job}: {run.state}, {run.said or '-'}")
        failed = [run.job for run in runs if run.state != RunState.DONE]
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}.")

    def show(self):
        for job in jobs():
            last = JobRun.objects.filter(job=job.name).order_by("-started_at").first()
            self.stdout.write(f"{job.name:18} {job.words:26} {words_of(last)}")
        for name in unknown_jobs():
            self.stdout.write(f"{name:18} there is no such command: left out")


def words_of(run):
    if run is None:
        return "never run"
    when = timezone.localtime(run.started_at)
    return f"{when:%Y-%m-%d %H:%M} {run.state}, try {run.tries}: {run.said or '-'}"
