"""The rounds of assessment as entries of the calendar: by when the scores should be in."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.assessments.access import RATERS
from evaluations.assessments.models import Round, Sheet
from mentorship.accounts.permissions import Permission
from mentorship.common.entries import Asked, Dates, Entry


def rounds(asked: Asked) -> QuerySet[Round]:
    return Round.objects.filter(studio=asked.studio, due__range=asked.days)


def entries_of(asked: Asked, rows: QuerySet[Round]) -> list[Entry]:
    """One query. What is judged lasts for months and stands in no calendar; the day by which it is judged does."""
    reader = asked.reader
    sheets = Sheet.objects.filter(round=OuterRef("pk"))
    own = Exists(sheets.filter(mentee__secretary__user=reader.pk)) | Exists(sheets.filter(tasks__rater=reader.pk))
    rows = rows.visible_to(reader).annotate(mine=own)
    looks_after = reader.can(Permission.ASSESSMENT_VIEW, asked.studio)
    rates = reverse("assessments:mine") if RATERS.allows(reader, asked.studio) else ""
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


DATES = (Dates(rounds, entries_of),)
