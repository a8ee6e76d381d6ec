"""Questions that a lower app asks of a higher one. `settings.ANSWERS` says, by dotted path, who answers."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string


def answers_to(question: str) -> list[Callable]:
    """Those who answer, in the order of the settings; an unknown question raises KeyError."""
    return [import_string(path) for path in settings.ANSWERS[question]]
