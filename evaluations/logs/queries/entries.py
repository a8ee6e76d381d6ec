"""Days that a mentor and an apprentice agreed on in a log, for the two of them."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.logs.models import TeachingLog
from mentorship.common.entries import Asked, Dates, Entry


def agreed(asked: Asked) -> QuerySet[TeachingLog]:
    return TeachingLog.objects.standing().filter(studio=asked.studio, next_date__range=asked.days)


def entries_of(asked: Asked, rows: QuerySet[TeachingLog]) -> list[Entry]:
    """Two queries. Only the names of the pair: what the log is about stays in it."""
    own = Q(mentor__secretary__user=asked.reader.pk) | Q(mentees__secretary__user=asked.reader.pk)
    rows = rows.visible_to(asked.reader).filter(own).select_related("mentor__secretary").distinct()
    return [
        Entry(
            uid=f"agreed-{row.pk}",
            kind="agreed",
            label=_("师徒约好的"),
            title=_("师徒约见：%(people)s")
            % {"people": "、".join(str(each) for each in [row.mentor, *row.mentees.all()])},
            starts=row.next_date,
            ends=row.next_date,
            url=reverse("logs:log", args=[row.pk]),
            cohort=row.cohort_id,
            mine=True,
            updated=row.updated_at,
        )
        for row in rows.prefetch_related("mentees__secretary")
    ]


DATES = (Dates(agreed, entries_of),)
