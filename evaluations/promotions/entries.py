"""Reviews and public notices as entries of the calendar."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.promotions.access import READERS
from evaluations.promotions.models import PanelMember, PublicNotice, Review
from mentorship.accounts.models import User
from mentorship.common.entries import Bound, Entry
from mentorship.places.models import Studio


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """The day a panel meets, for the studio's readers and its members; the days of a notice, for all. Three queries."""
    return [*reviews(reader, studio, since, until), *notices(reader, studio, since, until)]


def reviews(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    seat = PanelMember.objects.filter(review=OuterRef("pk"), user=reader.pk)
    rows = Review.objects.visible_to(reader).filter(studio=studio, date__range=(since, until))
    rows = rows.annotate(mine=Exists(seat)).prefetch_related("members")
    opens = READERS.allows(reader)
    return [
        Entry(
            uid=f"review-{row.pk}",
            kind="promotion",
            label=_("评审会"),
            title=_("评审会：%(tier)s") % {"tier": row.get_to_tier_display()},
            starts=row.date,
            ends=row.date,
            place=row.place,
            url=reverse("promotions:review", args=[row.pk]) if opens else "",
            people=tuple(Bound(member.user_id, member.name) for member in row.members.all() if member.user_id),
            cohort=row.cohort_id,
            mine=row.mine,
            updated=row.updated_at,
        )
        for row in rows
    ]


def notices(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    rows = PublicNotice.objects.visible_to(reader).filter(studio=studio, starts__lte=until, ends__gte=since)
    return [
        Entry(
            uid=f"notice-{row.pk}",
            kind="promotion",
            label=_("公示"),
            title=row.subject,
            starts=row.starts,
            ends=row.ends,
            place=row.venues,
            url=reverse("promotions:notice", args=[row.pk]),
            cohort=row.review.cohort_id,
            updated=row.updated_at,
        )
        for row in rows.select_related("review")
    ]
