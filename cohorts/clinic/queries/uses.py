"""Which cards stand in a session."""

from django.urls import reverse

from cohorts.clinic.models import CaseCard
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.common.links import Link


def cards_of_session(reader: User, session: Session) -> list[Link]:
    """Those of the library that were put to it, for who may read them. One query."""
    rows = CaseCard.objects.visible_to(reader).published().filter(uses__session=session)
    return [Link(card.title, reverse("clinic:card", args=[card.pk])) for card in rows.order_by("title")]
