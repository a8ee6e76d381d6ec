"""Reviews and public notices as entries of the calendar: the day a panel meets, the days of a notice."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.promotions.access import READERS
from evaluations.promotions.models import PanelMember, PublicNotice, Review
from mentorship.common.entries import Asked, Bound, Dates, Entry


def reviews(asked: Asked) -> QuerySet[Review]:
    return Review.objects.filter(studio=asked.studio, date__range=asked.days)


def entries_of_reviews(asked: Asked, rows: QuerySet[Review]) -> list[Entry]:
    """For the studio's readers and the panel's members. Two queries."""
    reader = asked.reader
    seat = PanelMember.objects.filter(review=OuterRef("pk"), user=reader.pk)
    rows = rows.visible_to(reader).annotate(mine=Exists(seat)).prefetch_related("members")
    opens = READERS.allows(reader, asked.studio)
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


def notices(asked: Asked) -> QuerySet[PublicNotice]:
    return PublicNotice.objects.filter(studio=asked.studio, starts__lte=asked.until, ends__gte=asked.since)


def entries_of_notices(asked: Asked, rows: QuerySet[PublicNotice]) -> list[Entry]:
    """For all. One query."""
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
        for row in rows.visible_to(asked.reader).select_related("review")
    ]


DATES = (Dates(reviews, entries_of_reviews), Dates(notices, entries_of_notices))
