"""拜师帖 from the first word to the check by a stranger, at both widths: written, kept, handed in, read, answered, verified."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .moves import follow

NEW_PASSWORD = "Liang-Shang-Deng-Xia-2019"
WISH = "想跟您学把人请来，请来以后坐得住。"


@pytest.fixture
def both(page, sound):
    """`both()`: the page as it is, sound on a phone and on a desk."""

    def check():
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            page.wait_for_timeout(150)
            sound()

    return check


@pytest.fixture
def as_apprentice(page, site, sign_in):
    """Signs in 秦佳妮, whose letter waits for the mentor: the office gives her a new password, she changes it."""
    sign_in("organizer", at=f"{site}/accounts/?q=秦佳妮")
    follow(page, page.locator("main a", has_text="秦佳妮").first)
    page.get_by_role("button", name="重设密码").click()
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_selector("code")
    username, secret = (page.locator("code").nth(n).inner_text() for n in (0, 1))
    sign_in(username, secret)
    passwords = page.locator("main input[type=password]")
    for number in range(passwords.count()):
        passwords.nth(number).fill(secret if number == 0 and passwords.count() == 3 else NEW_PASSWORD)
    follow(page, page.locator("main button[type=submit].btn-primary"))
    return lambda: sign_in(username, NEW_PASSWORD)


def large_text(page, size):
    follow(page, page.locator(f"button[name=text_size][value='{size}']"))


def test_from_the_first_word_to_a_strangers_check(page, site, sign_in, both, as_apprentice):
    as_apprentice()
    page.goto(f"{site}/letters/")
    both()
    page.get_by_role("button", name="收回来改").click()
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_url(re.compile("/letters/write/"))
    both()

    # Writing: kept by the server while typing, shown beside, pointed out, there again after a reload.
    page.set_viewport_size(PHONE)
    page.fill("#id_wish", f"{WISH}备了一份薄礼。")
    expect(page.locator("[data-kept-said]")).to_contain_text("存好了")
    expect(page.locator("[data-preview]")).to_contain_text(WISH)
    expect(page.locator("[data-hints]")).to_contain_text("薄礼")
    page.reload()
    assert page.input_value("#id_wish") == f"{WISH}备了一份薄礼。"
    page.fill("#id_wish", WISH)
    page.fill("#id_plea", "")
    page.locator(".letter-part:has(#id_plea) summary").click()
    page.locator(".letter-part:has(#id_plea) li:visible [data-put]").first.click()
    assert page.input_value("#id_plea")
    expect(page.locator("[data-hints]")).not_to_contain_text("薄礼")
    large_text(page, "large")
    both()
    large_text(page, "standard")

    page.get_by_role("button", name="盖章递帖").click()
    page.locator("#confirm button[value=no]").click()
    assert "/letters/write/" in page.url
    page.get_by_role("button", name="盖章递帖").click()
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_url(re.compile(r"/letters/[0-9a-f-]{36}/$"))
    address = page.url
    assert page.locator(".letter .seal").count() == 1
    both()

    # The mentor finds it first in the list, reads it in large text, answers.
    sign_in("mentor", at=f"{site}/letters/")
    both()
    assert "秦佳妮" in page.locator("main .mini-letter").first.inner_text()
    follow(page, page.locator("main .mini-letter").first)
    large_text(page, "large")
    both()
    follow(page, page.get_by_role("link", name="横排大字"))
    both()
    follow(page, page.get_by_role("link", name="写回帖"))
    both()
    large_text(page, "standard")
    page.locator("#id_text").fill("佳妮同志：椅子不够坐的那天，你也来搬。")
    page.get_by_role("button", name="答复徒弟").click()
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_url(address)
    assert page.locator(".letter .seal").count() == 2
    both()

    # Both see it sealed, and a stranger can check it.
    as_apprentice()
    page.goto(address)
    assert "椅子不够坐" in page.inner_text(".letter")
    assert page.locator(".letter .seal-line").count() == 1
    code = page.locator(".letter-code").inner_text().split()[-1]
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.context.clear_cookies()
    page.goto(f"{site}/letters/verify/")
    both()
    page.fill("#id_code", code.lower())
    follow(page, page.get_by_role("button", name="查验"))
    assert "真实，一字未改" in page.inner_text("main")
    assert "秦佳妮" not in page.inner_text("main")
    both()
