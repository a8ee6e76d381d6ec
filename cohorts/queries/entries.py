"""What the rules of a cohort fix for the calendar."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.permissions import Permission
from mentorship.common.dates import add_months
from mentorship.common.entries import Asked, Dates, Entry

ONE_DAY = datetime.timedelta(days=1)


def cohorts(asked: Asked) -> QuerySet[Cohort]:
    return Cohort.objects.filter(studio=asked.studio, ends__gte=asked.since, starts__lte=asked.until)


def entries_of(asked: Asked, rows: QuerySet[Cohort]) -> list[Entry]:
    """When places stop being filled again, and when the year ends. One query."""
    own = Q(cohort=OuterRef("pk"), secretary__user=asked.reader.pk)
    rows = rows.visible_to(asked.reader).select_related("rules")
    rows = rows.annotate(mine=Exists(Mentee.objects.filter(own)) | Exists(Mentor.objects.filter(own)))
    opens = asked.reader.can(Permission.COHORT_VIEW, asked.studio)
    entries = [milestone for row in rows for milestone in milestones(row, row.mine, opens)]
    return [entry for entry in entries if asked.since <= entry.first <= asked.until]


def milestones(cohort: Cohort, mine: bool, opens: bool) -> list[Entry]:
    filled_until = add_months(cohort.starts, cohort.rules.substitute_before_month - 1) - ONE_DAY
    told = {"cohort": cohort}
    days = [
        ("substitutes", filled_until, _("递补截止：%(cohort)s") % told),
        ("ends", cohort.ends, _("结业与出师：%(cohort)s") % told),
    ]
    return [
        Entry(
            uid=f"cohort-{what}-{cohort.pk}",
            kind="milestone",
            label=_("批次节点"),
            title=title,
            starts=day,
            ends=day,
            url=reverse("cohorts:cohort", args=[cohort.pk]) if opens else "",
            cohort=cohort.pk,
            mine=mine,
            updated=cohort.updated_at,
        )
        for what, day, title in days
    ]


DATES = (Dates(cohorts, entries_of),)
