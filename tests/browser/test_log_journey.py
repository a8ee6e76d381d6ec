"""A mentor logs a session on a phone: few taps, and nothing typed is lost when the tab dies or the sign-in expires."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .moves import follow

MOST_TAPS = 8


def open_form(page, site):
    page.goto(f"{site}/logs/write/")
    page.wait_for_load_state("networkidle")


def fill(page, words):
    """The three things that the app cannot know: who, how, and a few words. Returns the taps it took."""
    page.locator("label", has_text="何嘉怡").first.click()
    page.locator("label", has_text="实地指导").first.click()
    page.locator("#id_text").click()
    page.fill("#id_text", words)
    return 3


def said_saved(page):
    page.wait_for_url(re.compile(r"/logs/[0-9a-f-]{36}/$"))
    assert "记好了" in page.inner_text("body")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_from_home_to_saved_in_few_taps(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    sign_in("mentor")
    follow(page, page.locator("main .btn-primary", has_text="记一次带教"))
    sound()
    taps = 1 + fill(page, f"去看了十四户，宽{size['width']}。")
    page.locator("main form button[type=submit].btn-primary").click()
    said_saved(page)
    assert taps + 1 <= MOST_TAPS
    assert f"宽{size['width']}" in page.inner_text("main")
    sound()


def test_a_killed_tab_keeps_every_word(page, site, sign_in, context):
    sign_in("mentor")
    open_form(page, site)
    fill(page, "窗口关了也不能丢。")
    expect(page.locator("[data-draft-status]")).to_contain_text("草稿已存本机")
    page.close(run_before_unload=False)
    again = context.new_page()
    open_form(again, site)
    assert again.input_value("#id_text") == "窗口关了也不能丢。"
    assert again.locator("[name=mentees]:checked").count() == 1
    assert "接着" in again.inner_text("[data-draft-status]")
    again.locator("main form button[type=submit].btn-primary").click()
    said_saved(again)
    open_form(again, site)
    assert again.input_value("#id_text") == ""


def test_the_same_form_sent_twice_makes_one_log(page, site, sign_in, context):
    """The answer to the first sending is lost; the draft comes back with its key and is sent again."""
    sign_in("mentor")
    open_form(page, site)
    fill(page, "按了两次只记一次。")
    key = page.input_value("[name=client_key]")
    page.locator("main form button[type=submit].btn-primary").click()
    said_saved(page)
    first = page.url
    open_form(page, site)
    fill(page, "按了两次只记一次。")
    page.evaluate("key => { document.querySelector('[name=client_key]').value = key }", key)
    page.locator("main form button[type=submit].btn-primary").click()
    said_saved(page)
    assert page.url == first
