"""A mentor rates from a log and draws up a plan; the apprentice sees it, on a phone and at a desk."""

import re

import pytest

from .conftest import DESKTOP, PHONE
from .moves import follow


def rate_from_a_log(page, site):
    """Opens the page that rates 何嘉怡 on the evidence of the latest log about them."""
    page.goto(f"{site}/logs/?kind=coaching")
    follow(page, page.locator("main tbody tr", has_text="何嘉怡").first.locator("th a"))
    page.locator("section", has_text="给几项定个级").last.get_by_role("link", name="何嘉怡").click()
    page.wait_for_url(re.compile(r"/rate/\?log="))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_rated_from_a_log_and_seen_by_the_apprentice(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    sign_in("mentor")
    rate_from_a_log(page, site)
    sound()
    first = page.locator("details.subject").first
    if first.get_attribute("open") is None:
        first.locator("summary").click()
    page.locator("label", has_text="成为可观摩样板").click()
    page.locator("main form button[type=submit].btn-primary").click()
    page.wait_for_url(re.compile(r"/growth/[0-9a-f-]{36}/$"))
    assert "定了1项" in page.inner_text("body")
    sound()
    growth = page.url
    sign_in("mentee", at=growth)
    assert "成为可观摩样板" in page.inner_text("main")
    sound()


def test_a_plan_is_drawn_up_from_the_proposal(page, site, sign_in, sound):
    page.set_viewport_size(PHONE)
    sign_in("mentor")
    rate_from_a_log(page, site)
    page.goto(page.url.split("/rate/")[0] + "/plan/")
    sound()
    page.locator("main form button[type=submit].btn-primary").click()
    page.wait_for_url(re.compile(r"/growth/plans/"))
    assert "等学员同意" in page.inner_text("main")
    sound()
