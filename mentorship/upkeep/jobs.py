"""What runs by itself: the commands that settings.SCHEDULE names, with their rhythm."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.management import get_commands

from .rhythm import Rhythm, parse


class Job(NamedTuple):
    name: str  # of a command
    rhythm: Rhythm
    words: str

    @property
    def silent_after(self) -> datetime.timedelta:
        """How long after its last good run a job is missed: one rhythm, and a morning to make it up."""
        return self.rhythm.every + datetime.timedelta(hours=12)


def jobs() -> list[Job]:
    """In the order of the settings; those whose command does not exist are left out (see `unknown_jobs`)."""
    known = get_commands()
    return [Job(name, parse(words), words) for name, words in settings.SCHEDULE.items() if name in known]


def unknown_jobs() -> list[str]:
    known = get_commands()
    return [name for name in settings.SCHEDULE if name not in known]
