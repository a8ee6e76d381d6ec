from enum import StrEnum
from typing import NamedTuple

from django.conf import settings


class State(StrEnum):
    GREEN = "green"
    RED = "red"
    IDLE = "-"  # not asked of this machine


class Finding(NamedTuple):
    duty: str
    state: State
    found: str
    mend: str = ""


def judge(duty: str, good: bool, found: str, mend: str) -> Finding:
    return Finding(duty, State.GREEN, found) if good else Finding(duty, State.RED, found, mend)


def only_in_production(duty: str) -> Finding | None:
    """On one machine of one's own the site is opened at 127.0.0.1 and needs no certificate and no mail server."""
    return (
        None if settings.PRODUCTION else Finding(duty, State.IDLE, "asked in production only (STUDIO_ENV=production)")
    )
