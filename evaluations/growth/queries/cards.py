"""Which cards of the library fit a row of a plan."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.clinic.models import CaseCard
from mentorship.accounts.models import User
from mentorship.framework.models import Indicator

MOST = 200  # the newest; older ones are found in the library


@dataclass(frozen=True)
class Offer:
    """The cards that a plan may name, and what each indicator is: id to (its code, its subject's code)."""

    cards: list[CaseCard]
    codes: dict[uuid.UUID, tuple[str, str]]

    def parted(self, indicator: str) -> tuple[list[CaseCard], list[CaseCard]]:
        """(those that fit, the others) for the id of an indicator or "". Linked to the indicator itself first, then to
        its subject; by code, so that a card of an earlier version of the framework fits as well."""
        code, subject = self.codes.get(as_key(indicator), ("", ""))
        exact = [card for card in self.cards if code in {each.code for each in card.indicators.all()}]
        near = [card for card in self.cards if card not in exact and subject in {s.code for s in card.subjects.all()}]
        fitting = exact + near
        return fitting, [card for card in self.cards if card not in fitting]


def as_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def offer_for(user: User, studio_id: uuid.UUID, indicators: Iterable[Indicator]) -> Offer:
    """Four queries, whatever the number of rows."""
    rows = CaseCard.objects.visible_to(user).published().filter(studio=studio_id).for_lists()
    codes = {each.pk: (each.code, each.subject.code) for each in indicators}
    return Offer(list(rows[:MOST]), codes)
