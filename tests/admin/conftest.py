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
        own.session = browser_of(own.lead).cookies
        yield own, foreign
        transaction.set_rollback(True)


@pytest.fixture
def own(worlds, db):
    return Untouched(worlds[0])


@pytest.fixture
def foreign(worlds, db):
    return Untouched(worlds[1])


def browser_of(user=None) -> Client:
    client = Client(headers={"accept-language": "zh-CN"}, raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


@pytest.fixture
def signed_in():
    """`signed_in(user)`: their browser."""
    return browser_of


@pytest.fixture
def lead(worlds, own):
    """The project lead of 甲, who may do most."""
    client = browser_of()
    client.cookies.update(worlds[0].session)
    return client
