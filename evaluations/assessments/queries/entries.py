"""The rounds of assessment as entries of the calendar: by when the scores should be in."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.assessments.access import RATERS
from evaluations.assessments.models import Round, Sheet
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.entries import Entry
from mentorship.places.models import Studio


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """Two queries. What is judged lasts for months and stands in no calendar; the day by which it is judged does."""
    rows = Round.objects.visible_to(reader).filter(studio=studio, due__range=(since, until))
    own = Sheet.objects.filter(mentee__secretary__user=reader.pk) | Sheet.objects.filter(tasks__rater=reader.pk)
    mine = set(own.filter(round__due__range=(since, until)).order_by().values_list("round", flat=True))
    looks_after = reader.can(Permission.ASSESSMENT_VIEW, studio)
    rates = reverse("assessments:mine") if RATERS.allows(reader) else ""
    return [
        Entry(
            uid=f"round-{row.pk}",
            kind="assessment",
            label=_("评分截止"),
            title=_("%(kind)s：评分截止") % {"kind": row.get_kind_display()},
            starts=row.due,
            ends=row.due,
            url=reverse("assessments:round", args=[row.pk]) if looks_after else rates,
            cohort=row.cohort_id,
            mine=row.pk in mine,
            updated=row.updated_at,
            sequence=row.version - 1,
        )
        for row in rows
    ]
