"""Minutes that were issued are never changed: a correction is a further version."""

from cohorts.meetings.models import Minutes
from mentorship.audit.guards import Guard


def guards() -> list[Guard]:
    return [Guard(Minutes, "issued")]
