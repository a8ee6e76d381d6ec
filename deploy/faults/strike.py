"""A worker that is killed (-9) at a point of its work: strike.py POINT BACKEND. With `none` it works until nothing is left.

It is the worker of a server (`manage.py db_worker`), but that it knows no quiet hours.
"""
# ruff: noqa: E402

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

import django
from django.core.management import call_command

django.setup()

from django.db.models.fields.files import FieldFile
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from evaluations.archive import tasks as exports
from mentorship.notifications import tasks as mails
from mentorship.privacy import tasks as copies

BEFORE, AFTER = True, False
POINTS = {
    "claiming": [(DBTaskResult, "claim", AFTER)],  # not yet committed
    "claimed": [(Worker, "run_task", BEFORE)],
    "begun": [(mails, "send_mail", BEFORE), (exports, "pack", AFTER), (copies, "pack", AFTER)],
    "made": [(mails, "send_mail", AFTER), (FieldFile, "save", AFTER)],  # sent or stored, and not yet noted
    "noted": [(DBTaskResult, "set_successful", BEFORE)],
}


def struck(function, before: bool):
    def striking(*args, **kwargs):
        if not before:
            function(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return striking


def main() -> None:
    point, backend = sys.argv[1:]
    mails.next_polite_moment = lambda now: None
    for owner, name, before in POINTS.get(point, []):
        setattr(owner, name, struck(getattr(owner, name), before))
    call_command("db_worker", backend_name=backend, batch=True, interval=0, startup_delay=False, verbosity=1)


if __name__ == "__main__":
    main()
