"""The words of the trail: acts, and the fields they changed."""

from .acts import ACTS, VERBS
from .fields import FIELDS

__all__ = ["ACTS", "FIELDS", "VERBS"]
