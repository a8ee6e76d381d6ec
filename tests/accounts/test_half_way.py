"""T20: after the password and before the second factor a person is nobody, at every address."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mentorship.accounts.actions import issue_card
from mentorship.accounts.models import User
from tests.access_table import TABLE
from tests.factories.ground import PASSWORD

from .keys import LOGIN, code_now, password_given, with_authenticator

OPEN = {"accounts:code", "accounts:second_factor", "accounts:set_authenticator", "accounts:add_passkey"}
CHANGING = {"accounts:logout", "accounts:card_sign_in"}  # who is there afterwards is somebody else; each has its test
TO_CODE = "/accounts/code/"


def admin_names():
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == "admin":
            yield from names_in(entry)


def names_in(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names_in(entry)
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry


def admin_addresses():
    fillings = {"app_label": "accounts", "content_type_id": 1, "object_id": "1", "url": "x"}
    for entry in admin_names():
        names = entry.pattern.converters or entry.pattern.regex.groupindex
        yield reverse(f"admin:{entry.name}", kwargs={name: fillings.get(name, "1") for name in names})


def seen(response):
    """What of an answer must not depend on who is half in. A sign-in page answers both with a way on."""
    text = b"".join(response.streaming_content) if response.streaming else response.content
    lines = [line for line in text.decode(errors="replace").splitlines() if "csrfmiddlewaretoken" not in line]
    return response.status_code, response.get("Location"), lines


@pytest.mark.slow
@pytest.mark.parametrize("has_one", [True, False], ids=["to show", "to set up"])
def test_every_address_takes_them_for_a_stranger(required, world, has_one):
    if has_one:
        with_authenticator(world.lead)
    half, stranger = password_given(world.lead), Client()
    addresses = [
        reverse(n, args=row.of(world) if row.of else []) for n, row in TABLE.items() if n not in OPEN | CHANGING
    ]
    for address in [*addresses, *admin_addresses()]:
        if address == LOGIN:
            continue
        for method in ("get", "post") if has_one else ("get",):
            got, expected = (getattr(browser, method)(address) for browser in (half, stranger))
            assert seen(got) == seen(expected), f"{method} {address}"
    assert "_auth_user_id" in half.session, "still half in after all that"
    assert half.get(LOGIN)["Location"].startswith(TO_CODE)


def test_who_has_to_show_one_can_set_up_no_other(required, officer):
    with_authenticator(officer)
    half = password_given(officer)
    for name in ["accounts:second_factor", "accounts:set_authenticator", "accounts:add_passkey"]:
        for method in (half.get, half.post):
            assert method(reverse(name), {"code": "123456", "name": "偷"})["Location"] == TO_CODE, name
    assert not officer.passkeys.exists()


def test_who_has_none_yet_is_led_to_set_one_up(required, officer):
    half = password_given(officer)
    assert half.get("/", follow=True).redirect_chain[-1][0] == "/accounts/second-factor/"
    assert half.get("/accounts/second-factor/").context["half"]


def test_the_way_out_is_open(required, officer):
    half = password_given(officer)
    half.post("/accounts/logout/")
    assert "_auth_user_id" not in half.session


@pytest.mark.parametrize("role", ["project_lead", "officer", "reviewer"])
def test_these_must_have_one(required, role, mentor):
    mentor.role_grants.update(role=role)
    assert password_given(mentor).get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("role", ["mentor", "mentee", "leader"])
def test_these_need_not(required, role, mentor):
    mentor.role_grants.update(role=role)
    assert password_given(mentor).get("/accounts/me/").status_code == 200


def test_an_operator_must_have_one(required, db):
    root = User.objects.create_superuser("root", PASSWORD, name="运维")
    assert password_given(root).get("/admin/")["Location"].startswith("/admin/login/")


def test_where_it_is_offered_nobody_is_held_up(officer):
    assert password_given(officer).get("/accounts/me/").status_code == 200


def test_a_sign_in_card_stands_for_the_password_only(required, cast, as_):
    with_authenticator(cast.officer)
    _card, secret = issue_card(by=cast.lead, user=cast.officer, studio=cast.studio)
    client = Client()
    answer = client.post(f"/accounts/card/{secret}/", {"last_digits": cast.officer.phone[-4:]})
    assert answer["Location"] == TO_CODE
    assert client.get("/accounts/me/").status_code == 302
    client.post(TO_CODE, {"code": code_now(cast.officer)})
    assert client.get("/accounts/me/").status_code == 200


def test_a_temporary_password_is_changed_after_the_second_factor(required, officer):
    with_authenticator(officer)
    User.objects.update(must_change_password=True)
    client = password_given(officer)
    assert client.get("/accounts/password/")["Location"].startswith(LOGIN)
    client.post(TO_CODE, {"code": code_now(officer)})
    assert client.get("/accounts/me/")["Location"] == "/accounts/password/"
