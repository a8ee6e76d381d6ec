"""T42: pages that break in twenty places, near their first question to the database and at their last. Nobody is shown
more than a number, which stands in the log beside what broke."""

import logging

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.untouched import Untouched

CANARY = "canary_of_a_statement"
WORDS = f'SELECT "{CANARY}" FROM accounts_user in {settings.BASE_DIR}/mentorship/settings.py'
NEVER_SHOWN = [
    CANARY, "SELECT", "accounts_user", "RuntimeError", "Traceback", "settings.py", str(settings.BASE_DIR),
    settings.SECRET_KEY, "DATABASES", "site-packages",
]  # fmt: skip
PAGES = {
    "dashboards:overview": "lead", "people:register": "lead", "accounts:accounts": "lead", "cohorts:cohorts": "lead",
    "logs:logs": "officer", "dashboards:mentor_home": "mentor", "logs:write": "mentor",
    "dashboards:mentee_home": "mentee", "notifications:inbox": "mentee", "clinic:library": "mentor",
}  # fmt: skip


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


class BreaksAt:
    """The nth question of a page is never asked: the page meets an error of ours."""

    def __init__(self, number: int):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            raise RuntimeError(WORDS)
        return execute(sql, params, many, context)


@pytest.mark.parametrize("where", ["after the reader is known", "at the end"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_breaks_shows_its_number_and_nothing_else(name, where, as_, caplog):
    browser = as_(PAGES[name])
    with CaptureQueriesContext(connection) as whole:
        assert browser.get(reverse(name)).status_code == 200
    browser.raise_request_exception = False
    breaks = BreaksAt(4 if where == "after the reader is known" else len(whole))
    with caplog.at_level(logging.ERROR), connection.execute_wrapper(breaks):
        response = browser.get(reverse(name))
    assert breaks.left <= 0, "it broke"
    assert response.status_code == 500
    assert not [word for word in NEVER_SHOWN if word in response.text]
    assert f"<strong>{response.headers['X-Request-ID'][:8]}</strong>" in response.text
    assert CANARY in caplog.text
