"""The list of a session as it is sent: one choice a person, and what the page showed before."""

import uuid

from cohorts.training.choices import AttendanceState, MarkSource
from cohorts.training.queries.attendance import ListRow

SOURCES = {MarkSource.LIST, MarkSource.PAPER}
LONGEST = 120


def source_asked(data) -> str:
    asked = data.get("source", "")
    return asked if asked in SOURCES else MarkSource.LIST


def statements(data, listed: list[ListRow]) -> dict[uuid.UUID, tuple[str, str]]:
    """Only what differs from what the page showed, so that an old page never says again what has changed since.

    With `everyone` in the data, those without a word are present.
    """
    found = {}
    for each in listed:
        key = each.mentee.pk
        state, was = data.get(f"state-{key}", ""), data.get(f"was-{key}", "")
        reason, reason_was = data.get(f"reason-{key}", "").strip()[:LONGEST], data.get(f"why-{key}", "").strip()
        if not state and "everyone" in data:
            state = AttendanceState.PRESENT
        if state in AttendanceState.values and (state, reason) != (was, reason_was):
            found[key] = (state, reason)
    return found
