"""Every page × the whole cast, as the access table says. Nothing of another studio is seen, changed or detected."""

import copy
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .access_table import TABLE
from .conftest import ACTORS, built_once
from .walk import patterns

SECRET = "乙区密"  # stands in every text of the other studio
HOME_TEAM = [actor for actor in ACTORS if not actor.startswith("stranger")]
BOOKKEEPING = ("django_session", "accounts_signinattempt", "accounts_failedsignin", "accounts_user")
WRITES = ("INSERT", "UPDATE", "DELETE")
OPEN = {200, 302}
REFUSED = {403, 404}


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(standing, db):
    return copy.deepcopy(standing)


@pytest.fixture
def cast(world):
    return world


def test_every_address_has_a_row():
    assert {name for name, _ in patterns()} == set(TABLE)


def address(name, arguments):
    return reverse(name, args=arguments)


def writes(captured):
    return [
        query["sql"]
        for query in captured
        if query["sql"].lstrip().upper().startswith(WRITES) and not any(table in query["sql"] for table in BOOKKEEPING)
    ]


def asks_to_sign_in(response):
    return response.status_code == 302 and response.url.startswith("/accounts/login/")


def text_of(response):
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode(errors="replace")


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_open(name, as_, world):
    row = TABLE[name]
    url = address(name, row.of(world) if row.of else [])
    for actor in ACTORS:
        with CaptureQueriesContext(connection) as captured:
            response = as_(actor).get(url)
        if row.post:
            assert response.status_code == 405 or asks_to_sign_in(response) or response.status_code in REFUSED, actor
        elif actor in row.allow:
            assert response.status_code in OPEN, f"{actor} may open {name}, but got {response.status_code}"
            assert not asks_to_sign_in(response), f"{actor} may open {name}"
        elif actor == "anonymous":
            assert asks_to_sign_in(response), name
        else:
            assert response.status_code in REFUSED, f"{actor} may not open {name}, but got {response.status_code}"
            if row.of and actor == "stranger" and "stranger" not in row.allow and "lead" in row.allow:
                assert response.status_code == 404, f"{actor} is a stranger to {name}"
        if not row.writes_on_get:
            assert not writes(captured), f"GET {name} by {actor} writes"
        if actor in HOME_TEAM and response.status_code == 200:
            assert SECRET not in text_of(response), f"{name} shows {actor} another studio"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_refused_post_changes_nothing(name, as_, world):
    row = TABLE[name]
    url = address(name, row.of(world) if row.of else [])
    for actor in ACTORS:
        if actor in row.allow:
            continue
        with CaptureQueriesContext(connection) as captured:
            response = as_(actor).post(url)
        assert asks_to_sign_in(response) or response.status_code in {403, 404, 405}, f"{actor} {name}"
        assert not writes(captured), f"POST {name} by {actor} writes"


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.foreign))
def test_anothers_object_answers_like_a_missing_one(name, as_, world):
    row = TABLE[name]
    foreign = row.foreign(world)
    missing = [uuid.uuid4() if isinstance(argument, uuid.UUID) else argument for argument in foreign]
    for actor in sorted(row.allow & set(HOME_TEAM)):
        browser = as_(actor)
        for method in ("get", "post"):
            answers = [getattr(browser, method)(address(name, arguments)) for arguments in (foreign, missing)]
            there, nowhere = scrubbed(answers[0], foreign), scrubbed(answers[1], missing)
            assert there == nowhere, f"{actor} can tell {name} of another studio from nothing"
            if not (row.post and method == "get"):
                assert answers[0].status_code in REFUSED, f"{actor} {method} {name}"


def scrubbed(response, arguments):
    text = text_of(response)
    for argument in arguments:
        text = text.replace(str(argument), "")
    return response.status_code, [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_the_table_lets_every_actor_in_somewhere():
    assert set(ACTORS) == set.union(*(row.allow for row in TABLE.values()))
