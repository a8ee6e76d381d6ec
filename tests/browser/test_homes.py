"""Each role signs in and reaches its own home, on a phone and at a desk, in both languages and in large text."""

import pytest

from .conftest import DESKTOP, PASSWORD, PHONE
from .moves import follow, type_in

HOMES = {
    "organizer": ("/overview/", "第一批总览"),
    "leader": ("/overview/", "第一批总览"),
    "mentor": ("/mentor/", "沈桂芳师傅"),
    "mentee": ("/mentee/", "何嘉怡"),
    "liaison": ("/liaison/", "曹杨新村街道"),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
@pytest.mark.parametrize("username", HOMES)
def test_signing_in_leads_to_ones_own_home(page, site, sound, username, size):
    path, words = HOMES[username]
    page.set_viewport_size(size)
    page.goto(f"{site}/accounts/login/")
    type_in(page, username, PASSWORD)
    assert page.url == site + path
    assert words in page.inner_text("h1")
    sound()


def test_a_wrong_password_keeps_the_name_and_says_so(page, site):
    page.goto(f"{site}/accounts/login/")
    type_in(page, "mentor", "not-the-password")
    assert page.url.startswith(f"{site}/accounts/login/")
    assert page.input_value("#id_username") == "mentor"
    assert page.locator("[role=alert], .invalid-feedback").first.is_visible()


def test_large_text_is_remembered_after_signing_in_again(page, sign_in, sound):
    sign_in("mentee")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    follow(page, "button[name=text_size][value=large]")
    after = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert (before, after) == (18, 22)
    page.set_viewport_size(PHONE)
    sound()
    sign_in("mentee")
    assert page.evaluate("document.documentElement.dataset.text") == "large"
    follow(page, "button[name=text_size][value=standard]")
    assert page.evaluate("document.documentElement.dataset.text") == "standard"


def test_the_whole_page_changes_language(page, site, sign_in, sound):
    sign_in("leader")
    follow(page, "button[name=language][value=en]")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "Overview" in page.inner_text("h1") or "overview" in page.inner_text("h1")
    assert "Shen Guifang" in page.inner_text(".bays")
    sound()
    page.goto(f"{site}/people/")
    sound()
    follow(page, "button[name=language][value='zh-hans']")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
