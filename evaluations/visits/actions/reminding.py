"""Reminding the owners of findings of their day, in words that don't scold."""

import datetime

from django.db import transaction
from django.urls import reverse

from evaluations.visits.models import Finding
from mentorship.common.working_days import HolidayDataMissing, is_a_day_to_remind
from mentorship.notifications.actions import notify
from mentorship.places.models import Holiday, Studio

AHEAD = datetime.timedelta(days=20)


def remind_findings() -> int:
    """Of every studio, as `is_a_day_to_remind` says; how many findings. A second run on the same day sends nothing."""
    return sum(remind_in(studio) for studio in Studio.objects.all())


def remind_in(studio: Studio) -> int:
    today, table = studio.today(), Holiday.objects.table_of(studio)
    rows = Finding.objects.to_mend().filter(studio=studio, due__lte=today + AHEAD).exclude(reminded_on=today)
    reminded = 0
    for finding in rows.select_related("visit", "owner__user"):
        try:
            if not is_a_day_to_remind(finding.due, today, table):
                continue
        except HolidayDataMissing:  # nobody knows yet which days are worked
            continue
        reminded += remind(finding, today)
    return reminded


@transaction.atomic
def remind(finding: Finding, today: datetime.date) -> bool:
    if not Finding.objects.filter(pk=finding.pk).exclude(reminded_on=today).update(reminded_on=today):
        return False
    if finding.owner.user is None:
        return False
    facts = {"date": finding.visit.date.isoformat(), "number": finding.number, "due": finding.due.isoformat()}
    notify(
        kind="finding_due", studio=finding.studio, to=[finding.owner.user],
        url=reverse("visits:finding", args=[finding.pk]), particulars=facts | {"past": finding.due < today},
    )  # fmt: skip
    return True
