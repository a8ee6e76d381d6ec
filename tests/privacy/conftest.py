import pytest

from tests.conftest import built_once
from tests.untouched import Untouched


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker) as world:
        yield world


@pytest.fixture
def cast(built, db):
    return Untouched(built)


@pytest.fixture
def world(cast):
    return cast
