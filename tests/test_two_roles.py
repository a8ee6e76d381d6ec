"""Who leads one studio and holds another role in a second may do there what others of that role may, and no more."""

import copy
import re

import pytest
from django.db import transaction
from django.urls import reverse

from cohorts.models import Cohort
from mentorship.accounts.middleware import STUDIO
from mentorship.accounts.roles import Role

from .access_table import PARTS, rows_of
from .clinic.unopened import said_to
from .conftest import mentor_of, person_with, signed_in
from .factories import RoleGrantFactory
from .untouched import Untouched

ONE, BOTH = "只在乙区", "两处都在"
NO_PAGE_OF = {  # parts where they are refused everything, or get a file
    Role.MENTOR: {"archive", "cohorts", "growth", "matching", "people", "upkeep"},
    Role.LEADER: {"upkeep"},
}
REFUSED = {403, 404, 405}
OF_ONESELF = {"accounts:me", "accounts:add_passkey", "accounts:set_authenticator"}  # own roles, and keys made anew
# The way to the admin site, which asks in one studio at a time; and in the list of accounts, the other of the two.
MAY_BE_MORE = {"后台", ONE}


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


def lines(response) -> set[str]:
    """What is read on a page, without keys and the reader's own name."""
    text = re.sub(r"[0-9a-f-]{32,36}|[A-Za-z0-9]{64}|打印时间：\S+ \S+", "", said_to(response))
    text = re.sub(r"<[^>]*>", "\n", text).replace(BOTH, ONE)
    return {line.strip() for line in text.splitlines()}


def is_page(response) -> bool:
    """Not a file, which has its moment in it."""
    return response.status_code == 200 and response.headers["Content-Type"].startswith(
        ("text/html", "application/json")
    )


def in_studio(user, studio):
    """Their browser, where they have chosen the studio."""
    browser = signed_in(user)
    session = browser.session
    session[STUDIO] = str(studio.pk)
    session.save()
    return browser


def asked(browser, method, url):
    """The answer. What the question changed is as it was before, the reader's session too."""
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        answer = getattr(browser, method)(url)
        if answer.streaming:
            said_to(answer)  # a file is closed by who reads it to its end
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("role", [Role.MENTOR, Role.LEADER])
def test_a_right_held_elsewhere_opens_nothing_here(cast, world, role, part):
    people = [person_with(cast.other_studio, role, name) for name in (ONE, BOTH)]
    RoleGrantFactory(user=people[1], studio=cast.studio, role=Role.PROJECT_LEAD)
    browsers = [in_studio(person, cast.other_studio) for person in people]
    opened, wrong = 0, []
    for name, row in rows_of(part):
        if row.of and not row.foreign:
            continue
        url = reverse(name, args=row.foreign(world) if row.of else [])
        for method in ("get", "post"):
            expected, got = (asked(browser, method, url) for browser in browsers)
            if got.status_code != expected.status_code and not {got.status_code, expected.status_code} <= REFUSED:
                wrong.append(f"{method} {name}: {got.status_code}, for others {expected.status_code}")
            elif method == "get" and is_page(got) and name not in OF_ONESELF:
                opened += 1
                if more := lines(got) - lines(expected) - MAY_BE_MORE:
                    wrong.append(f"{name}: {sorted(more)[:5]}")
    assert not wrong
    assert opened or part in NO_PAGE_OF[role]


def test_an_overview_is_of_the_studio_one_works_in(cast, world):
    """The cohort in the address may be one where the reader only teaches, and sees of it what teachers see."""
    cohort = cast.foreign_mentee_row.cohort
    both, _row = mentor_of(cohort, BOTH)
    RoleGrantFactory(user=both, studio=cast.studio, role=Role.PROJECT_LEAD)
    assert cohort in Cohort.objects.visible_to(both)
    browser = in_studio(both, cast.studio)
    assert browser.get(reverse("dashboards:overview"), {"cohort": cast.cohort.pk}).status_code == 200
    assert browser.get(reverse("dashboards:overview"), {"cohort": cohort.pk}).status_code == 404


def test_a_shut_door_says_where_else_one_may_go(cast):
    teacher = person_with(cast.other_studio, Role.MENTOR, ONE)
    both = person_with(cast.other_studio, Role.MENTOR, BOTH)
    RoleGrantFactory(user=both, studio=cast.studio, role=Role.PROJECT_LEAD)
    shut = [in_studio(each, cast.other_studio).get(reverse("dashboards:overview")) for each in (teacher, both)]
    assert [page.status_code for page in shut] == [403, 403]
    assert ["请先换过去" in page.text and reverse("accounts:me") in page.text for page in shut] == [False, True]
