"""Whom a log can be about, whose it is, and who in the studio is told of it."""

import datetime
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.choices import MenteeStatus, Stage
from cohorts.models import Cohort, Mentee, Mentor, Pairing, begun_first
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.places.models import Studio


def officers_of(studio: Studio, *, sensitive: bool = False) -> QuerySet[User]:
    """Those who look after the logs of the studio; for a sensitive one, only those who may read it."""
    asked = {Permission.LOG_EDIT, Permission.LOG_SENSITIVE} if sensitive else {Permission.LOG_EDIT}
    return people_of(studio, [role for role, data in ROLES.items() if asked <= set(data.permissions)])


def mentor_row_of(user: User, studio: Studio | None, about: uuid.UUID | None = None) -> Mentor | None:
    """The person as a mentor of the cohort at work now; where they teach two, of that mentee's (`about`)."""
    rows = Mentor.objects.appointed().filter(
        studio=studio, secretary__user=user.pk, cohort__stage__in=Stage.with_pairs()
    )
    theirs = Mentee.objects.filter(pk=about, cohort=OuterRef("cohort"))
    return (
        rows.for_lists().select_related("cohort__studio").order_by(Exists(theirs).desc(), *begun_first(studio)).first()
    )


def apprentices_of(mentor: Mentor) -> QuerySet[Mentee]:
    """Those paired with the mentor now, and those looked after for a mentor who is away. `mentor` has its studio."""
    now = Pairing.objects.looked_after_by(mentor, mentor.studio.today()).filter(mentee=OuterRef("pk"), ends=None)
    rows = Mentee.objects.filter(Exists(now), studio=mentor.studio_id)
    return rows.for_lists().order_by("secretary__sort_key", "id")


def attendable(cohort: Cohort, on: datetime.date) -> QuerySet[Mentee]:
    """Those who can be called to a session of the cohort: in training now, or paired on that day."""
    then = Pairing.objects.as_of(on).filter(mentee=OuterRef("pk"))
    rows = Mentee.objects.filter(cohort=cohort).filter(Q(status__in=MenteeStatus.in_training()) | Exists(then))
    return rows.for_lists().order_by("secretary__sort_key", "id")
