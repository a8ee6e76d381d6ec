"""Supervision visits as entries of the calendar."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Pairing
from evaluations.visits.access import READERS
from evaluations.visits.choices import VisitState
from evaluations.visits.models import Finding, TeamMember, Visit
from mentorship.common.entries import Asked, Dates, Entry


def visits(asked: Asked) -> QuerySet[Visit]:
    return Visit.objects.filter(studio=asked.studio, date__range=asked.days)


def entries_of(asked: Asked, rows: QuerySet[Visit]) -> list[Entry]:
    """Who may know of a visit, above all of one without notice, is for the visits to say. A visit has a day and no hours,
    so that it clashes with nothing. One query."""
    reader = asked.reader
    team = TeamMember.objects.filter(visit=OuterRef("pk"), user=reader.pk)
    rows = rows.visible_to(reader)
    taught = Pairing.objects.current().filter(mentee=OuterRef("mentee"), mentor__secretary__user=reader.pk)
    rows = rows.annotate(mine=Exists(team) | Exists(taught)).select_related("mentee__secretary__user", "community")
    opens = READERS.allows(reader, asked.studio)
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
    ]


def to_mend(asked: Asked) -> QuerySet[Finding]:
    rows = Finding.objects.to_mend()
    return rows.filter(studio=asked.studio, owner__user=asked.reader.pk, due__range=asked.days)


def days_to_mend(asked: Asked, rows: QuerySet[Finding]) -> list[Entry]:
    """The last days of what the reader is to mend. What was found stays in the house."""
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


DATES = (Dates(visits, entries_of), Dates(to_mend, days_to_mend))
