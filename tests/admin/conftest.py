import pytest
from django.test import Client

from .worlds import SECRET, make_world


@pytest.fixture
def own(studio):
    return make_world(studio)


@pytest.fixture
def foreign(other_studio):
    return make_world(other_studio, mark=SECRET)


@pytest.fixture
def signed_in():
    """`signed_in(user)`: their browser."""

    def browser(user) -> Client:
        client = Client(headers={"accept-language": "zh-CN"}, raise_request_exception=False)
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def lead(own, foreign, signed_in):
    """The project lead of 甲, who may do most: both worlds stand."""
    return signed_in(own.lead)
