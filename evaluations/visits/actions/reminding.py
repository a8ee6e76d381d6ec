"""Reminding the owners of findings of their day, in words that don't scold."""

import datetime

from django.db import transaction
from django.urls import reverse

from evaluations.visits.models import Finding
from mentorship.notifications.actions import notify
from mentorship.places.deadlines import to_remind
from mentorship.places.models import Studio


def remind_findings() -> int:
    """Of every studio, as `to_remind` says; how many findings. A second run on the same day sends nothing."""
    return sum(remind_in(studio) for studio in Studio.objects.all())


def remind_in(studio: Studio) -> int:
    rows = Finding.objects.to_mend().filter(studio=studio).select_related("visit", "owner__user")
    return sum(remind(finding, studio.today()) for finding in to_remind(studio, rows))


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
