import copy

import pytest

from tests.conftest import built_once


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker) as world:
        yield world


@pytest.fixture
def cast(built, db):
    return copy.deepcopy(built)


@pytest.fixture
def world(cast):
    return cast
