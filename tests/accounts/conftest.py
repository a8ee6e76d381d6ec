import pytest

from tests.factories import RoleGrantFactory, UserFactory


@pytest.fixture
def required(settings):
    """As in production: those whose role asks for it show a second factor."""
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def officer(db):
    """Must have a second factor."""
    return RoleGrantFactory(user=UserFactory(username="long", name="龙飞"), role="officer").user


@pytest.fixture
def mentor(db):
    """Need not have one."""
    return RoleGrantFactory(user=UserFactory(username="shen", name="沈桂芳"), role="mentor").user
