"""Findings on the home pages: what the apprentice mends, what the mentor knows of, what the studio asks after."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee, Pairing
from evaluations.visits.choices import FindingState
from evaluations.visits.models import Finding
from evaluations.visits.queries.findings import overdue
from evaluations.visits.queries.marks import mark_of
from mentorship.accounts.models import User

from .rows import Row

MOST_ROWS = 5


def to_mend_of_mentee(mentee: Mentee, today: datetime.date) -> list[Row]:
    """Still in the apprentice's hands, the soonest due first. One query."""
    rows = Finding.objects.to_mend().filter(visit__mentee=mentee).order_by("due", "number")
    return [row_of(finding, today, finding.text, finding.action, _("去报整改")) for finding in rows[:MOST_ROWS]]


def of_apprentices(user: User, pairs: list[Pairing], today: datetime.date) -> list[Row]:
    """Findings of the mentor's own five that are not closed, the soonest due first. One query."""
    rows = (
        Finding.objects.visible_to(user).unclosed().filter(visit__mentee__in=[pairing.mentee_id for pairing in pairs])
    )
    return [
        row_of(finding, today, _("%(name)s要整改的") % {"name": finding.visit.mentee}, finding.text, _("去看看"))
        for finding in rows.select_related("visit__mentee__secretary").order_by("due", "number")[:MOST_ROWS]
    ]


def overdue_in(cohort: Cohort, today: datetime.date) -> list[Row]:
    """Past their day, the longest first, for the studio. One query."""
    return [
        row_of(finding, today, str(finding.visit.mentee), finding.text, _("去看看"))
        for finding in overdue(cohort, today)[:MOST_ROWS]
    ]


def row_of(finding: Finding, today: datetime.date, title: str, about: str, act: str) -> Row:
    mark, words = mark_of(finding, today)
    return Row(mark, words, title, about, reverse("visits:finding", args=[finding.pk]), act)


def findings_of_cohort(cohort: Cohort, day: datetime.date) -> dict[str, int]:
    """Findings raised by that day and those of them closed by then. Two queries."""
    rows = Finding.objects.followed().filter(visit__cohort=cohort, found_on__lte=day)
    return {
        "found": rows.count(),
        "mended": rows.filter(status=FindingState.CLOSED, verified_on__lte=day).count(),
    }
