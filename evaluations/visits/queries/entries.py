"""Supervision visits as entries of the calendar."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Pairing
from evaluations.visits.access import READERS
from evaluations.visits.choices import VisitState
from evaluations.visits.models import Finding, TeamMember, Visit
from mentorship.accounts.models import User
from mentorship.common.entries import Entry
from mentorship.places.models import Studio


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """Two queries. Who may know of a visit, above all of one without notice, is for the visits to say. A visit has a day
    and no hours, so that it clashes with nothing."""
    team = TeamMember.objects.filter(visit=OuterRef("pk"), user=reader.pk)
    rows = Visit.objects.visible_to(reader).filter(studio=studio, date__range=(since, until))
    taught = Pairing.objects.current().filter(mentee=OuterRef("mentee"), mentor__secretary__user=reader.pk)
    rows = rows.annotate(mine=Exists(team) | Exists(taught)).select_related("mentee__secretary__user", "community")
    opens = READERS.allows(reader)
    return [
        Entry(
            uid=f"visit-{row.pk}",
            kind="visit",
            label=_("督训"),
            title=_("督训：%(mentee)s") % {"mentee": row.mentee},
            starts=row.date,
            ends=row.date,
            place=str(row.community),
            url=reverse("visits:visit", args=[row.pk]) if opens else "",
            cohort=row.cohort_id,
            mine=row.mine or row.mentee.secretary.user_id == reader.pk,
            cancelled=row.state == VisitState.CANCELLED,
            updated=row.updated_at,
            sequence=row.version - 1,
        )
        for row in rows
    ] + days_to_mend(reader, studio, since, until)


def days_to_mend(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """The last days of what the reader is to mend. What was found stays in the house."""
    rows = Finding.objects.to_mend().filter(studio=studio, owner__user=reader.pk, due__range=(since, until))
    return [
        Entry(
            uid=f"finding-{row.pk}",
            kind="due",
            label=_("整改期限"),
            title=_("督训发现的问题，整改期限"),
            starts=row.due,
            ends=row.due,
            url=reverse("visits:finding", args=[row.pk]),
            cohort=row.visit.cohort_id,
            mine=True,
            updated=row.updated_at,
        )
        for row in rows.select_related("visit")
    ]
