"""Gaps that should be closed by a day, for the two people of the pair."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Pairing
from evaluations.growth.choices import PlanState
from evaluations.growth.models import GapRow
from mentorship.common.entries import Asked, Dates, Entry


def gaps(asked: Asked) -> QuerySet[GapRow]:
    return GapRow.objects.filter(studio=asked.studio, due__range=asked.days, plan__state=PlanState.AGREED)


def entries_of(asked: Asked, rows: QuerySet[GapRow]) -> list[Entry]:
    """One query. The studio follows the plans on their own pages: a calendar with all of them would hide the rest."""
    taught = Pairing.objects.current().filter(mentor__secretary__user=asked.reader.pk)
    own = Q(plan__mentee__secretary__user=asked.reader.pk) | Q(plan__mentee__in=taught.values("mentee"))
    rows = rows.visible_to(asked.reader).filter(own)
    return [
        Entry(
            uid=f"gap-{row.pk}",
            kind="due",
            label=_("补短板到期"),
            title=_("补短板到期：%(mentee)s，%(what)s") % {"mentee": row.plan.mentee, "what": row.indicator},
            starts=row.due,
            ends=row.due,
            url=reverse("growth:plan", args=[row.plan_id]),
            cohort=row.plan.cohort_id,
            mine=True,
            updated=row.updated_at,
        )
        for row in rows.select_related("plan__mentee__secretary", "indicator")
    ]


DATES = (Dates(gaps, entries_of),)
