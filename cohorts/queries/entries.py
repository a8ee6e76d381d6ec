"""What the rules of a cohort fix for the calendar."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.dates import add_months
from mentorship.common.entries import Entry
from mentorship.places.models import Studio

ONE_DAY = datetime.timedelta(days=1)


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """When places stop being filled again, and when the year ends. One query."""
    rows = Cohort.objects.visible_to(reader).filter(studio=studio, ends__gte=since).select_related("rules")
    own = Q(cohort=OuterRef("pk"), secretary__user=reader.pk)
    rows = rows.filter(starts__lte=until).annotate(
        mine=Exists(Mentee.objects.filter(own)) | Exists(Mentor.objects.filter(own))
    )
    opens = reader.can(Permission.COHORT_VIEW, studio)
    entries = [milestone for row in rows for milestone in milestones(row, row.mine, opens)]
    return [entry for entry in entries if since <= entry.first <= until]


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
