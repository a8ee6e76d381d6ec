"""What visits answer to lower apps (`settings.ANSWERS`): points for a meeting, and what a mentor should know before
going there."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort, Mentee
from evaluations.logs.queries.practice import Finding as OnCard
from mentorship.common.agenda import AgendaPoint
from mentorship.common.templatetags.wording import long_date

from .models import Finding
from .queries.findings import open_findings_of, overdue


def overdue_findings(cohort: Cohort, on: datetime.date) -> list[AgendaPoint]:
    """One point a finding past its day on `on`, the longest overdue first. One query."""
    return [point_of(finding, on) for finding in overdue(cohort, on)]


def point_of(finding: Finding, on: datetime.date) -> AgendaPoint:
    late = (on - finding.due).days
    facts = {"mentee": finding.visit.mentee, "community": finding.visit.community}
    days = ngettext("逾期%(n)s天", "逾期%(n)s天", late) % {"n": late}
    return AgendaPoint(
        title=_("督训整改：%(mentee)s（%(community)s）") % facts,
        detail=_("%(text)s。期限%(day)s，%(late)s。")
        % {"text": finding.text.rstrip("。"), "day": long_date(finding.due), "late": days},
        url=reverse("visits:finding", args=[finding.pk]),
        since=finding.due,
        key=f"finding:{finding.pk}",
    )


def findings_of(mentee: Mentee) -> list[OnCard]:
    """Not closed yet, the soonest due first, for the card before a visit. One query."""
    return [
        OnCard(finding.text, finding.due, reverse("visits:finding", args=[finding.pk]))
        for finding in open_findings_of(mentee)
    ]
