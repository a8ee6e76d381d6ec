"""Teaching logs as the sources of a method."""

import uuid

from django.db.models import Q
from django.urls import reverse

from cohorts.models import Cohort
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User
from mentorship.common.sources import Source

MOST = 30


def log_sources(reader: User, cohort: Cohort, chosen: list[str]) -> list[Source]:
    """The latest logs of the cohort that the reader may see, and those chosen before."""
    ids = [uuid.UUID(key.removeprefix("log:")) for key in chosen if key.startswith("log:")]
    rows = TeachingLog.objects.visible_to(reader).standing().filter(cohort=cohort).distinct()
    latest = list(rows.order_by("-date", "-id").values_list("pk", flat=True)[:MOST])
    rows = rows.filter(Q(pk__in=latest) | Q(pk__in=ids)).select_related("mentor__secretary").order_by("-date", "-id")
    return [Source(f"log:{row.pk}", label_of(row), reverse("logs:log", args=[row.pk])) for row in rows]


def label_of(row: TeachingLog) -> str:
    return f"{row.date.isoformat()} {row.mentor} {row.title}".strip()
