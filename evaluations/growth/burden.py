"""Minutes a month that paper asks of each person: estimates per entry, and a ceiling per role. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass

# Minutes that one entry takes. Estimates, shown as such beside the figures.
MINUTES = {
    "log": 10,
    "log_confirmed": 2,
    "reflection": 30,
    "homework": 40,
    "marking": 5,
    "rating": 3,
    "attendance": 2,
    "plan": 20,
}
# One written page a week per group for a mentor (domain: no more); a mentee's writing must leave room for the doors.
CEILINGS = {"mentor": 120, "mentee": 240, "office": 900}


@dataclass(frozen=True)
class Load:
    role: str
    counts: Mapping[str, int]

    @property
    def minutes(self) -> int:
        return sum(MINUTES[kind] * n for kind, n in self.counts.items())

    @property
    def ceiling(self) -> int:
        return CEILINGS[self.role]

    @property
    def over(self) -> int:
        """Minutes above the ceiling, 0 when there are none."""
        return max(0, self.minutes - self.ceiling)
