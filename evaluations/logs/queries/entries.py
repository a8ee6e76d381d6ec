"""Days that a mentor and an apprentice agreed on in a log, for the two of them."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User
from mentorship.common.entries import Entry
from mentorship.places.models import Studio


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """Two queries. Only the names of the pair: what the log is about stays in it."""
    own = Q(mentor__secretary__user=reader.pk) | Q(mentees__secretary__user=reader.pk)
    rows = TeachingLog.objects.visible_to(reader).standing().filter(own, studio=studio)
    rows = rows.filter(next_date__range=(since, until)).select_related("mentor__secretary").distinct()
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
