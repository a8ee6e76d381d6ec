"""Gaps that should be closed by a day, for the two people of the pair."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Pairing
from evaluations.growth.choices import PlanState
from evaluations.growth.models import GapRow
from mentorship.accounts.models import User
from mentorship.common.entries import Entry
from mentorship.places.models import Studio


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """One query. The studio follows the plans on their own pages: a calendar with all of them would hide the rest."""
    taught = Pairing.objects.current().filter(mentor__secretary__user=reader.pk)
    rows = GapRow.objects.visible_to(reader).filter(
        Q(plan__mentee__secretary__user=reader.pk) | Q(plan__mentee__in=taught.values("mentee")),
        studio=studio, due__range=(since, until), plan__state=PlanState.AGREED,
    )  # fmt: skip
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
