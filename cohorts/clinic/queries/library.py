"""What the library shows beside what was searched for."""

import uuid
from collections.abc import Iterable

from django.db.models import Count

from cohorts.clinic.choices import HitKind, UseKind
from cohorts.clinic.models import CardUse, CaseHelp
from cohorts.clinic.searching.finding import Hit, hits_of
from mentorship.accounts.models import User
from mentorship.framework.models import Subject
from mentorship.places.models import Studio

HELPFUL = [UseKind.HELPED, UseKind.ANSWERED]


def subjects_of_studio(studio: Studio) -> list[Subject]:
    """Of the newest version of what must be known."""
    rows = Subject.objects.filter(studio=studio).select_related("framework").order_by("-framework__version", "order")
    found: dict[str, Subject] = {}
    for subject in rows:
        found.setdefault(subject.code, subject)
    return list(found.values())


def helped(hits: Iterable[Hit]) -> dict[uuid.UUID, int]:
    """How many people each of these has helped, by its id; two queries."""
    ids = [hit.object_id for hit in hits]
    cards = CardUse.objects.filter(card__in=ids, kind__in=HELPFUL).order_by()
    cases = CaseHelp.objects.filter(case__in=ids).order_by()
    return dict(cards.values_list("card").annotate(Count("pk"))) | dict(cases.values_list("case").annotate(Count("pk")))


def most_helpful(reader: User, studio: Studio, most: int) -> list[Hit]:
    """Cards and closed cases that helped most people, as far as this reader may see them."""
    cards = CardUse.objects.filter(studio=studio, kind__in=HELPFUL).order_by().values_list("card")
    cases = CaseHelp.objects.filter(studio=studio).order_by().values_list("case")
    counted = [
        (-people, str(object_id), kind, object_id)
        for kind, rows in ((HitKind.CARD, cards), (HitKind.CASE, cases))
        for object_id, people in rows.annotate(people=Count("pk")).order_by("-people")[: 2 * most]
    ]
    return hits_of(reader, studio, [(kind, object_id) for _, _, kind, object_id in sorted(counted)])[:most]
