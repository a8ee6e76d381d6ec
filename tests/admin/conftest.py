import pytest
from django.db import transaction
from django.test import Client

from tests.factories import StudioFactory
from tests.untouched import Untouched

from .worlds import SECRET, make_world


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    """Built once for a module, and rolled back after it; each test undoes what it did to them."""
    with django_db_blocker.unblock(), transaction.atomic():
        own = make_world(StudioFactory(code="jia", name="甲区书记工作室"))
        foreign = make_world(StudioFactory(code="yi", name="乙区密书记工作室"), mark=SECRET)
        yield own, foreign
        transaction.set_rollback(True)


@pytest.fixture
def own(worlds, db):
    return Untouched(worlds[0])


@pytest.fixture
def foreign(worlds, db):
    return Untouched(worlds[1])


@pytest.fixture
def signed_in():
    """`signed_in(user)`: their browser."""

    def browser(user) -> Client:
        client = Client(headers={"accept-language": "zh-CN"}, raise_request_exception=False)
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def lead(own, signed_in):
    """The project lead of 甲, who may do most."""
    return signed_in(own.lead)
