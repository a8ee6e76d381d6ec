"""The code at the door: it changes every 30 seconds, belongs to one session, and is good for at most a minute."""

import enum

from django.utils.crypto import constant_time_compare, salted_hmac

STEP = 30  # seconds
SALT = "cohorts.training.door"
DIGITS = 24  # of the hexadecimal digest: 96 bits


class Seen(enum.Enum):
    GOOD = "good"
    OLD = "old"
    WRONG = "wrong"


def step_of(now: float) -> int:
    return int(now // STEP)


def code_of(session_id, now: float) -> str:
    """What the door shows at `now` (seconds since the epoch)."""
    step = step_of(now)
    return f"{step:x}-{digest(session_id, step)}"


def digest(session_id, step: int) -> str:
    return salted_hmac(SALT, f"{session_id}:{step}", algorithm="sha256").hexdigest()[:DIGITS]


def look_at(code: str, session_id, now: float) -> Seen:
    """GOOD in its own step and the one after it. OLD only for a code that was real once."""
    head, _dash, tail = code.partition("-")
    try:
        step = int(head, 16)
    except ValueError:
        return Seen.WRONG
    if not constant_time_compare(tail.encode(), digest(session_id, step).encode()):
        return Seen.WRONG
    return Seen.GOOD if 0 <= step_of(now) - step <= 1 else Seen.OLD


def seconds_left(now: float) -> int:
    """Until the door shows the next one, 1 to 30."""
    return STEP - int(now % STEP)
