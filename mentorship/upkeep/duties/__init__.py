"""What whoever runs a studio has to see to: each duty looked at, each with its mend."""

from .base import Finding, State
from .data import DATA
from .settled import SETTINGS
from .work import WORK

__all__ = ["Finding", "State", "all_findings"]


def all_findings() -> list[Finding]:
    """In order; a duty that can't even be looked at is red, and so are those that need a database that is away."""
    return [finding for duty in [*SETTINGS, *DATA, *WORK] for finding in look(duty)]


def look(duty) -> list[Finding]:
    try:
        found = duty()
    except Exception as error:
        name = duty.__name__.replace("_", " ")
        return [Finding(name, State.RED, f"can't be looked at: {error}", "see the first red line")]
    return found if isinstance(found, list) else [found]
