"""Every page × the whole cast, as the access table says. Nothing of another studio is seen, changed or detected."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .access_table import TABLE
from .clinic.unopened import one_more_shut, others, said_to
from .conftest import ACTORS, user_of
from .editing import BLIND, is_blind
from .factories.rest import add_the_rest
from .only_acts import shown_beyond
from .private_words import PrivateWords, shown_too
from .untouched import Untouched
from .walk import patterns

SECRET = "乙区密"  # stands in every text of the other studio
HOME_TEAM = [actor for actor in ACTORS if not actor.startswith("stranger")]
BOOKKEEPING = ("django_session", "accounts_signinattempt", "accounts_failedsignin", "accounts_user")
MAY_BE_BLIND = set().union(*BLIND.values())
WRITES = ("INSERT", "UPDATE", "DELETE")
# T37, of every answer, refusals too; the year of HSTS is set in production only, where Django's deploy check asks for it.
HEADERS = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "no-referrer"},  # addresses that are keys tell nobody where one came from
    "Cross-Origin-Opener-Policy": {"same-origin"},
}
KEPT_BY_ITS_READER = {"calendar:feed"}  # a calendar asks whether there is anything new
POLICY = ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
OPEN = {200, 302}
REFUSED = {403, 404}
NONCE = re.compile(r"nonce-[^']+")


def prepare(world):
    """See `standing`."""
    one_more_shut(world)
    add_the_rest(world)
    world.words = PrivateWords()
    world.seen = {actor: world.words.of(user_of(world, actor)) for actor in ACTORS}


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


def test_every_address_has_a_row():
    assert {name for name, _ in patterns()} == set(TABLE)
    assert set(TABLE) >= MAY_BE_BLIND


def address(name, arguments):
    return reverse(name, args=arguments)


def writes(captured):
    return [
        query["sql"]
        for query in captured
        if query["sql"].lstrip().upper().startswith(WRITES) and not any(table in query["sql"] for table in BOOKKEEPING)
    ]


def headers_missing(response, private) -> list[str]:
    found = [name for name, good in HEADERS.items() if response.headers.get(name) not in good]
    policy = response.headers.get("Content-Security-Policy", "")
    found += [part for part in POLICY if part not in policy] + ["unsafe" for _each in policy.split("unsafe-")[1:]]
    kept = private and "no-store" not in response.headers.get("Cache-Control", "")
    return found + ["no-store"] * kept


def asks_to_sign_in(response):
    return response.status_code == 302 and response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_open(name, as_, world):
    row, beyond = TABLE[name], set()
    url = address(name, row.of(world) if row.of else [])
    for actor in ACTORS:
        with CaptureQueriesContext(connection) as captured:
            response = as_(actor).get(url)
        if row.post and actor in row.allow:
            assert response.status_code == 405, f"{name} takes GET"
        elif row.post:
            assert response.status_code == 405 or asks_to_sign_in(response) or response.status_code in REFUSED, actor
        elif actor in row.allow:
            assert response.status_code in OPEN, f"{actor} may open {name}, but got {response.status_code}"
            assert not asks_to_sign_in(response), f"{actor} may open {name}"
            assert name in MAY_BE_BLIND or not is_blind(response), (
                f"{name} would overwrite what another wrote meanwhile"
            )
            assert not shown_beyond(response), f"{name} lets {actor} type what only acts may set"
        elif actor == "anonymous":
            assert asks_to_sign_in(response), name
        else:
            assert response.status_code in REFUSED, f"{actor} may not open {name}, but got {response.status_code}"
            if row.of and actor == "stranger" and "stranger" not in row.allow and "lead" in row.allow:
                assert response.status_code == 404, f"{actor} is a stranger to {name}"
        if not row.writes_on_get:
            assert not writes(captured), f"GET {name} by {actor} writes"
        private = actor != "anonymous" and name not in KEPT_BY_ITS_READER
        assert not headers_missing(response, private), f"GET {name} by {actor}"
        if actor in HOME_TEAM and response.status_code == 200:
            text = said_to(response)
            assert SECRET not in text, f"{name} shows {actor} another studio"
            assert not [word for word in others(actor) if word in text], f"{name} shows {actor} a shut opinion"
            beyond |= world.words.beyond(text, world.seen[actor])
    assert beyond == shown_too(name), f"words of rows that the reader of {name} does not see, or no longer a reason"


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
            there, nowhere = (answer(getattr(browser, method), name, arguments) for arguments in (foreign, missing))
            assert there == nowhere, f"{actor} can tell {name} of another studio from nothing"
            if not (row.post and method == "get"):
                assert there["status"] in REFUSED, f"{actor} {method} {name}"


def answer(ask, name, arguments) -> dict:
    """All that a person could tell two answers by: words, headers, cookies, and the work behind them."""
    with CaptureQueriesContext(connection) as captured:
        response = ask(address(name, arguments))
    named = [str(argument) for argument in arguments]
    return {
        "status": response.status_code,
        "words": [
            line for line in scrubbed(said_to(response), named).splitlines() if "csrfmiddlewaretoken" not in line
        ],
        "headers": {key: scrubbed(value, named) for key, value in response.headers.items() if key != "X-Request-ID"},
        "cookies": sorted(response.cookies),
        "queries": [query["sql"].split()[0] for query in captured],
    }


def scrubbed(text: str, named: list[str]) -> str:
    for each in named:
        text = text.replace(each, "")
    return NONCE.sub("", text)


def test_the_table_lets_every_actor_in_somewhere():
    assert set(ACTORS) == set.union(*(row.allow for row in TABLE.values()))
