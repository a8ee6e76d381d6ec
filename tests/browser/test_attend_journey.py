"""The code at the door on a big screen, signed in on a phone; an old code; and the officer's list without a network."""

import re

from playwright.sync_api import expect

from .conftest import DESKTOP, PASSWORD, PHONE
from .moves import follow, type_in


def enter(page, site, username):
    page.goto(f"{site}/accounts/login/")
    type_in(page, username, PASSWORD)


def test_the_door_the_phone_and_the_list(page, site, on_site, sound, browser):
    on_site("tests.browser.attend_world", "men")
    page.set_viewport_size(DESKTOP)
    enter(page, site, "officer-men")
    page.goto(f"{site}/training/")
    follow(page, page.get_by_role("link", name="五张图"))
    follow(page, page.get_by_role("link", name="门口扫码"))
    expect(page.locator("[data-door-code] svg")).to_be_visible()
    expect(page.locator("[data-door-count]")).to_have_text("已到0／应到2")
    sound()
    code = page.locator(".door").get_attribute("data-address")
    session = page.url.removesuffix("door/")

    phone = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
    enter(phone, site, "mentee-men")
    phone.goto(f"{site}{code}")
    phone.get_by_role("button", name="何嘉怡到了，签到").click()
    expect(phone.locator("main")).to_contain_text("签到了")
    width = phone.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]
    phone.context.close()
    expect(page.locator("[data-door-count]")).to_have_text("已到1／应到2", timeout=9000)

    page.goto(f"{site}/training/ledger/")
    expect(page.locator("tr", has_text="钱立峰")).to_contain_text("缺")
    sound()
    page.set_viewport_size(PHONE)
    page.goto(f"{session}attendance/")
    sound()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()
    page.wait_for_function("""async (address) => {
      for (const name of await caches.keys())
        if (name.startsWith("studio-page-") && await (await caches.open(name)).match(address)) return true;
      return false;
    }""", arg=re.sub(r"^https?://[^/]+", "", page.url))  # fmt: skip
    page.context.set_offline(True)
    page.reload()
    page.locator("li", has_text="钱立峰").locator("label", has_text="缺席").click()
    page.get_by_role("button", name="交这张名单").click()
    expect(page.locator("[data-attendance-said]")).to_contain_text("没有网络")
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-said]")).to_contain_text("发出去了", timeout=9000)
    page.goto(f"{session}attendance/")
    expect(page.locator("li", has_text="钱立峰").locator("input:checked")).to_have_value("absent")
    expect(page.locator("li", has_text="何嘉怡").locator("input:checked")).to_have_value("present")
