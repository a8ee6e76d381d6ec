import copy

import pytest
from django.db import transaction

from tests.conftest import make_whole_cast
from tests.factories.world import furnish


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """One world for a module, rolled back after it; each test undoes what it did to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish(make_whole_cast())
        transaction.set_rollback(True)


@pytest.fixture
def cast(built, db):
    return copy.deepcopy(built)


@pytest.fixture
def world(cast):
    return cast
