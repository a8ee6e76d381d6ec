"""Builders of rows for tests: `SecretaryFactory(studio=studio)`. Each makes the least that is valid."""

from .cohorts import BaselineFactory, CohortFactory, MenteeFactory, MentorFactory, PairingFactory, StrengthFactory
from .ground import (
    BaseFactory,
    CommunityFactory,
    DistrictFactory,
    FrameworkFactory,
    RoleGrantFactory,
    SecretaryFactory,
    StudioFactory,
    SubdistrictFactory,
    UserFactory,
    make_framework,
)

__all__ = [
    "BaseFactory",
    "BaselineFactory",
    "CohortFactory",
    "CommunityFactory",
    "DistrictFactory",
    "FrameworkFactory",
    "MenteeFactory",
    "MentorFactory",
    "PairingFactory",
    "RoleGrantFactory",
    "SecretaryFactory",
    "StrengthFactory",
    "StudioFactory",
    "SubdistrictFactory",
    "UserFactory",
    "make_framework",
    "number_from",
]


def number_from(first: int) -> None:
    """The numbers that the builders give out go on from there."""
    for builder in [DistrictFactory, SubdistrictFactory, CommunityFactory, StudioFactory, UserFactory]:
        builder.reset_sequence(first, force=True)
