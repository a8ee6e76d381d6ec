"""Action items by their days."""

from cohorts.meetings.models import ActionItem
from mentorship.places.deadlines import to_remind
from mentorship.places.models import Studio


def due_to_remind(studio: Studio) -> list[ActionItem]:
    """Items of issued minutes that still wait and whose owner is reminded today."""
    return to_remind(studio, ActionItem.objects.given().waiting().filter(studio=studio).for_lists())
