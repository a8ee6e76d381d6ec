"""What a meeting is asked to speak about, as higher apps put it to the meetings (`settings.ANSWERS["agenda_of"]`)."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class AgendaPoint:
    """One proposed point. `since` is the day it began to wait; `key` is the same each time it is asked, so that a
    point already on the agenda is known again."""

    title: str
    detail: str
    url: str
    since: datetime.date
    key: str
