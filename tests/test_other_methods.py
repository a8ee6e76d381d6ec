"""T13, T24: nobody gets further by another method, and no form is taken without its token."""

import pytest
from django.test import Client

from .access_table import TABLE
from .test_every_page import address, asks_to_sign_in
from .walk import patterns

PUBLIC = {name for name, row in TABLE.items() if "anonymous" in row.allow}
METHODS = ["head", "options", "put", "patch", "delete", "trace"]


def addresses(world, names):
    return {name: address(name, TABLE[name].of(world) if TABLE[name].of else []) for name in names}


@pytest.mark.slow
def test_a_stranger_gets_in_by_no_method(world, client):
    """405 or the sign-in; a private address that answers anything else would be open."""
    wrong = {}
    for name, place in addresses(world, TABLE.keys() - PUBLIC).items():
        for method in METHODS:
            response = getattr(client, method)(place)
            if not (asks_to_sign_in(response) or response.status_code == 405):
                wrong[name, method] = response.status_code
    assert wrong == {}


def test_no_view_is_exempt_from_the_token():
    assert [name for name, view in patterns() if getattr(view, "csrf_exempt", False)] == []


@pytest.mark.slow
@pytest.mark.parametrize("token", ["", "x" * 64])
def test_no_form_is_taken_without_its_token(world, token):
    """Asked as one who may do it, with no token or another's."""
    wrong = {}
    for name, place in addresses(world, TABLE).items():
        who = sorted(TABLE[name].allow & {"lead", "mentor", "mentee", "liaison", "reviewer"})
        if who:
            browser = Client(enforce_csrf_checks=True)
            browser.force_login(getattr(world, who[0]))
            response = browser.post(place, {"csrfmiddlewaretoken": token})
            if response.status_code not in {403, 405}:
                wrong[name] = response.status_code
    assert wrong == {}
