from .findings import MOST_PHOTOS, Extension, Finding, FindingPhoto, FindingStep
from .visits import FEWEST, LOOKED_AT, TeamMember, Visit

__all__ = [
    "FEWEST",
    "LOOKED_AT",
    "MOST_PHOTOS",
    "Extension",
    "Finding",
    "FindingPhoto",
    "FindingStep",
    "TeamMember",
    "Visit",
]
