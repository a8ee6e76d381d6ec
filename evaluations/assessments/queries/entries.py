"""The rounds of assessment as entries of the calendar: by when the scores should be in."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.assessments.access import RATERS
from evaluations.assessments.models import Round, Sheet
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.entries import Entry
from mentorship.places.models import Studio


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """One query. What is judged lasts for months and stands in no calendar; the day by which it is judged does."""
    rows = Round.objects.visible_to(reader).filter(studio=studio, due__range=(since, until))
    sheets = Sheet.objects.filter(round=OuterRef("pk"))
    own = Exists(sheets.filter(mentee__secretary__user=reader.pk)) | Exists(sheets.filter(tasks__rater=reader.pk))
    rows = rows.annotate(mine=own)
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
            mine=row.mine,
            updated=row.updated_at,
            sequence=row.version - 1,
        )
        for row in rows
    ]
