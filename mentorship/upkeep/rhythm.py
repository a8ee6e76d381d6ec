"""When a job is due, from a few words: "daily 07:40 until 20:00", "monday 08:00", "every 15 minutes". Pure."""

import datetime
import re
from typing import NamedTuple

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WORDS = re.compile(
    rf"(?:(?P<day>daily|{'|'.join(DAYS)}) (?P<at>\d\d:\d\d)|every (?P<minutes>\d+) minutes)(?: until (?P<until>\d\d:\d\d))?"
)
A_DAY = datetime.timedelta(days=1)


class Rhythm(NamedTuple):
    """`until` closes the day: what was missed is made up later, but never between `until` and `at`."""

    every: datetime.timedelta
    at: datetime.time = datetime.time(0)
    weekday: int | None = None
    until: datetime.time | None = None

    def slot(self, now: datetime.datetime) -> datetime.datetime | None:
        """The latest moment up to `now` at which the job was due; None in closed hours. `now` is local and aware.

        Only the latest: a machine that slept for a week does a week's work once.
        """
        if self.until and not self.at <= now.time() < self.until:
            return None
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.every < A_DAY:
            return midnight + (now - midnight) // self.every * self.every
        back = 0 if self.weekday is None else (now.weekday() - self.weekday) % 7
        slot = midnight.replace(hour=self.at.hour, minute=self.at.minute) - back * A_DAY
        return slot if slot <= now else slot - self.every


def parse(words: str) -> Rhythm:
    """Raises ValueError with the words that were not understood."""
    found = WORDS.fullmatch(words)
    if not found:
        raise ValueError(f'the rhythm "{words}" is not understood: say for example "daily 03:20" or "every 15 minutes"')
    until = time_of(found["until"]) if found["until"] else None
    if found["minutes"]:
        minutes = int(found["minutes"])
        if not 1 <= minutes <= 12 * 60:
            raise ValueError(f'the rhythm "{words}" must say 1 to 720 minutes')
        return Rhythm(datetime.timedelta(minutes=minutes), until=until)
    if found["day"] == "daily":
        return Rhythm(A_DAY, time_of(found["at"]), until=until)
    return Rhythm(7 * A_DAY, time_of(found["at"]), DAYS.index(found["day"]), until)


def time_of(words: str) -> datetime.time:
    return datetime.time.fromisoformat(words)
