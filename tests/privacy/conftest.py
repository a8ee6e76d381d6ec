import pytest

from tests.untouched import Untouched


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)
