"""A mentor rates from a log and draws up a plan; the apprentice sees both, on a phone and at a desk."""

import pytest

from .conftest import DESKTOP, PHONE

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


@SIZES
def test_rated_from_a_log_and_seen_by_the_apprentice(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    sign_in("mentor")
    page.goto(f"{site}/logs/?kind=coaching&q=一楼的门")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="何嘉怡", exact=True).last.click()
    sound()
    page.locator("details.subject:not([open]) > summary").first.click()
    page.locator("label", has_text="成为可观摩样板").click()
    page.locator("main form button[type=submit].btn-primary").click()
    page.wait_for_load_state()
    assert "定了1项" in page.inner_text("body")
    sound()
    page.context.clear_cookies()
    sign_in("mentee")
    page.goto(page.url)
    page.goto(f"{site}/mentee/")
    sound()


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_a_plan_is_drawn_up_from_the_proposal(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    sign_in("mentor")
    page.goto(f"{site}/logs/?kind=coaching&q=一楼的门")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="何嘉怡", exact=True).last.click()
    page.goto(page.url.split("/rate/")[0] + "/plan/")
    sound()
    page.locator("main form button[type=submit].btn-primary").click()
    page.wait_for_load_state()
    assert "等学员同意" in page.inner_text("main")
    sound()
