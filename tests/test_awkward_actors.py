"""Those who are two things at once, or no longer what they were, on every page; and one who only reads."""

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.roles import Role

from .access_table import PARTS, TABLE, rows_of
from .factories import RoleGrantFactory
from .test_every_page import OPEN, REFUSED, SECRET, address, asks_to_sign_in, said_to, writes
from .untouched import Untouched

pytestmark = pytest.mark.slow


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


def refused(response) -> bool:
    return response.status_code in {*REFUSED, 405} or asks_to_sign_in(response)


@pytest.fixture
def moved(world, as_):
    """The browser of an officer who was one in another studio; that one's texts all carry a mark."""
    old = RoleGrantFactory(user=world.officer, studio=world.other_studio, role=Role.OFFICER)
    browser = as_("officer")
    assert browser.get("/").status_code in OPEN
    old.revoked_at = timezone.now()
    old.save()
    return browser


@pytest.mark.parametrize("part", PARTS)
def test_an_officer_who_moved_here_has_nothing_of_the_old_studio_any_more(part, world, moved):
    """Pages, lists, exports, files and calendars."""
    for name, row in rows_of(part):
        if "officer" not in row.allow:
            continue
        pages = [row.of(world) if row.of else []]
        if row.foreign and "anonymous" not in row.allow:
            pages.append(row.foreign(world))
        for place, arguments in enumerate(pages):
            response = moved.get(address(name, arguments))
            if response.status_code == 200:
                assert SECRET not in said_to(response), name
            if place:
                assert refused(response), f"{name} of the old studio"
                assert refused(moved.post(address(name, arguments))), f"POST {name} of the old studio"


def test_nor_in_the_admin(moved):
    for model in admin.site._registry:
        page = moved.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        assert SECRET not in said_to(page), model


def test_a_mentee_who_becomes_a_mentor_sees_no_more_than_any_mentor(world, as_):
    RoleGrantFactory(user=world.mentee, studio=world.studio, role=Role.MENTOR)
    for name, row in TABLE.items():
        if row.of and not row.allow & {"mentee", "other_mentor", "anonymous"}:
            for method in ("get", "post"):
                assert refused(getattr(as_("mentee"), method)(address(name, row.of(world)))), f"{method} {name}"


def test_a_leader_who_only_reads_changes_nothing_of_the_studio(world, as_):
    changed = {}
    for name, row in TABLE.items():
        if "leader" in row.allow and "mentee" not in row.allow:
            with CaptureQueriesContext(connection) as captured, transaction.atomic():
                as_("leader").post(address(name, row.of(world) if row.of else []))
                transaction.set_rollback(True)
            if found := [sql for sql in writes(captured) if '"audit_' not in sql]:  # an export is noted
                changed[name] = found[0][:80]
    assert changed == {}
