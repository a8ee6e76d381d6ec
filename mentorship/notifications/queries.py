"""Who a notice goes to, and who has seen it."""

from django.db.models import Count, Q

from mentorship.accounts.models import User
from mentorship.accounts.queries import MENTEE_ROLES, MENTOR_ROLES, SUBDISTRICT_ROLES, people_of
from mentorship.places.models import Studio

from .choices import Audience
from .models import Notice

ROLES_OF = {
    Audience.ALL: None,
    Audience.MENTORS: MENTOR_ROLES,
    Audience.MENTEES: MENTEE_ROLES,
    Audience.LIAISONS: SUBDISTRICT_ROLES,
}


def audience_of(studio: Studio, audience: str, chosen=()) -> list[User]:
    """Active people of the studio; of the chosen ones only those who belong to it."""
    if audience == Audience.CHOSEN:
        return list(people_of(studio).filter(pk__in=[user.pk for user in chosen]))
    return list(people_of(studio, ROLES_OF[Audience(audience)]))


def not_done(notice: Notice):
    """Receipts of people who have not read it or, where a signature is asked, have not signed."""
    receipts = notice.receipts.filter(recipient__is_active=True)
    if notice.withdrawn_at:
        return receipts.none()
    return receipts.filter(acknowledged_at=None) if notice.needs_acknowledgement else receipts.filter(read_at=None)


def with_unsigned(notices):
    """Adds `unsigned`: how many still have to sign, as `not_done` counts them."""
    waiting = Q(receipts__acknowledged_at=None, receipts__recipient__is_active=True)
    return notices.annotate(unsigned=Count("receipts", filter=waiting))
