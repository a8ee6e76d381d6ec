"""By when a finding is to be mended, and who may be sent on a visit."""

import datetime

from django.db.models import QuerySet

from cohorts.models import Cohort
from evaluations.visits.choices import Severity
from evaluations.visits.models import Finding, Visit
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.places.deadlines import deadline

GOES = {Permission.VISIT_VIEW, Permission.MENTOR_HOME}


def days_for(cohort: Cohort, level: str) -> int:
    """Working days that the rules of the cohort give."""
    rules = cohort.rules
    return rules.finding_due_major if level == Severity.MAJOR else rules.finding_due_minor


def latest_due(visit: Visit, level: str) -> datetime.date:
    """The default day and the latest one. Raises Refused where the holidays of that year aren't known."""
    return deadline(visit.studio, visit.date, days_for(visit.cohort, level), field="due")


def latest_extension(finding: Finding) -> datetime.date:
    """An extension gives at most as many working days again."""
    days = days_for(finding.visit.cohort, finding.level)
    return deadline(finding.studio, finding.due, days, field="new_due")


def may_go(studio) -> QuerySet[User]:
    """Accounts that can be in a team: the studio's own people and mentors."""
    return people_of(studio, [role for role, data in ROLES.items() if GOES & data.permissions]).order_by("name")


def keepers_of(studio) -> QuerySet[User]:
    """Those who keep the register of findings."""
    return people_of(studio, [role for role, data in ROLES.items() if Permission.VISIT_EDIT in data.permissions])
