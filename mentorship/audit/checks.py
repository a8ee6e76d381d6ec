"""What the start of the site says of the guards, and `manage.py check --deploy --database default`."""

from django.core.checks import Error
from django.db import DatabaseError

from .guards import faults

MEND = "run ./studio manage migrate, and look at who took them away"
SHOWN = 5


def guards_stand(app_configs, databases=None, **kwargs):
    """Nothing is said of a database that is away: /healthz and the doctor say so."""
    try:
        missing = faults() if databases else []
    except DatabaseError:
        missing = []
    return [Error(words_for(missing), hint=MEND, id="guards.E001")] if missing else []


def words_for(missing: list[str]) -> str:
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    return f"Guards of the database are missing or changed: {', '.join(missing[:SHOWN])}{more}."
