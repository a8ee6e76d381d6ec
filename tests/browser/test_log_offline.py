"""Nothing typed is ever lost: without a network, after a killed tab, with an expired sign-in, between people and devices."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from .conftest import DESKTOP, PASSWORD, PHONE
from .moves import follow, type_in

STATUS = "[data-draft-status]"
OUTBOX = "[data-outbox]"
SAID = "[data-outbox-said]"
FORM_KEPT = """async () => {
  for (const name of await caches.keys())
    if (name.startsWith("studio-page-") && await (await caches.open(name)).match("/logs/write/")) return true;
  return false;
}"""


@pytest.fixture
def picture(tmp_path):
    def make(name="scene.png", size=(2600, 1300)):
        path = tmp_path / name
        Image.new("RGB", size, "teal").save(path)
        return str(path)

    return make


def kept(page):
    """Waits until the service worker has the form."""
    for _ in range(50):
        if page.evaluate(FORM_KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the form was never kept")


def open_form(page, site, query=""):
    page.goto(f"{site}/logs/write/{query}")
    expect(page.locator(".photos").first).to_be_visible()
    page.wait_for_function("document.querySelector('[name=client_key]').value.length === 36")


def fill(page, words):
    page.locator("label", has_text="何嘉怡").first.click()
    page.locator("label", has_text="实地指导").first.click()
    page.fill("#id_text", words)


def stored(page):
    expect(page.locator(STATUS)).to_contain_text("草稿已存本机")


def logs_with(page, site, words) -> list[str]:
    """Addresses of the logs that say this."""
    page.goto(f"{site}/logs/?q={words}")
    return page.eval_on_selector_all("main th a", "links => links.map((a) => a.getAttribute('href'))")


def send(page):
    page.locator("[data-send]").click()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_written_in_a_lift_sent_in_the_street(page, site, sign_in, sound, context, picture, size):
    words = f"电梯里没有信号{size['width']}"
    page.set_viewport_size(size)
    sign_in("mentor")
    kept(page)
    open_form(page, site)
    fill(page, words)
    page.set_input_files("#id_photos", [picture(), picture("second.png", (300, 200))])
    expect(page.locator(".photos img")).to_have_count(2)
    stored(page)
    page.wait_for_timeout(400)
    context.set_offline(True)
    page.close(run_before_unload=False)

    again = context.new_page()
    again.set_viewport_size(size)
    open_form(again, site)
    expect(again.locator("#id_text")).to_have_value(words)
    expect(again.locator(".photos img")).to_have_count(2)
    expect(again.locator("[data-no-network]")).to_be_visible()
    width = again.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]
    send(again)
    expect(again.locator(OUTBOX)).to_contain_text("联网后自动发出")
    assert again.input_value("#id_text") == ""
    found = Axe().run(again).response["violations"]
    assert not found, [violation["id"] for violation in found]
    context.set_offline(False)
    expect(again.locator(SAID)).to_contain_text("发出去了", timeout=15000)
    expect(again.locator(OUTBOX)).to_be_hidden()
    again.locator(f"{SAID} a").click()
    expect(again.locator("main")).to_contain_text(words)
    assert again.locator("main img[src*='/logs/photos/']").count() == 2
    assert len(logs_with(again, site, words)) == 1


def test_a_photo_leaves_small(page, site, sign_in, picture):
    sign_in("mentor")
    open_form(page, site)
    page.set_input_files("#id_photos", [picture("large.png", (4000, 1000))])
    expect(page.locator(".photos img")).to_have_count(1)
    sides = page.evaluate(
        "(() => { const i = document.querySelector('.photos img'); return [i.naturalWidth, i.naturalHeight] })()"
    )
    assert sides == [2000, 500]
    page.set_input_files("#id_notebook", [picture(f"{n}.png", (20, 20)) for n in range(6)])
    expect(page.locator(".photos img")).to_have_count(6)
    expect(page.locator("#div_id_notebook [data-said]")).to_contain_text("最多6张")
    page.get_by_role("button", name="删除照片1").first.click()
    expect(page.locator(".photos img")).to_have_count(5)


def test_pressed_twice_it_is_one_log(page, site, sign_in):
    sign_in("mentor")
    open_form(page, site)
    fill(page, "连按两下")
    page.evaluate(
        "() => { const b = document.querySelector('[data-send]'); b.click(); b.click(); b.form.requestSubmit(); }"
    )
    page.wait_for_url(re.compile(r"/logs/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text("记好了")
    assert len(logs_with(page, site, "连按两下")) == 1


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(page, site, sign_in, sound, picture):
    sign_in("mentor")
    open_form(page, site)
    page.fill("#id_text", "忘了选人")
    page.set_input_files("#id_photos", [picture()])
    expect(page.locator(".photos img")).to_have_count(1)
    send(page)
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator("#div_id_mentees .invalid-feedback")).to_contain_text("哪几位徒弟")
    assert page.input_value("#id_text") == "忘了选人"
    assert page.locator(".photos img").count() == 1
    fill(page, "忘了选人")
    send(page)
    page.wait_for_url(re.compile(r"/logs/[0-9a-f-]{36}/$"))
    assert len(logs_with(page, site, "忘了选人")) == 1


def test_the_sign_in_expires_while_writing(page, site, sign_in):
    sign_in("mentor")
    open_form(page, site)
    fill(page, "登录过期也要发出")
    page.context.clear_cookies(name="sessionid")
    send(page)
    page.wait_for_url(re.compile(r"/accounts/login/\?next="))
    type_in(page, "mentor", PASSWORD)
    assert "/accounts/login/" not in page.url, page.inner_text("main")
    expect(page.locator(SAID)).to_contain_text("发出去了", timeout=15000)
    assert len(logs_with(page, site, "登录过期也要发出")) == 1


def test_a_refusal_on_the_way_is_told_and_can_be_mended(page, site, sign_in, context):
    sign_in("mentor")
    kept(page)
    open_form(page, site)
    context.set_offline(True)
    page.locator("label", has_text="实地指导").first.click()
    page.fill("#id_text", "离线忘了选人")
    send(page)
    expect(page.locator(OUTBOX)).to_contain_text("联网后自动发出")
    context.set_offline(False)
    expect(page.locator(OUTBOX)).to_contain_text("哪几位徒弟", timeout=15000)
    page.locator(f"{OUTBOX} a", has_text="打开").click()
    expect(page.locator("#id_text")).to_have_value("离线忘了选人")
    expect(page.locator(".summary")).to_contain_text("哪几位徒弟")
    expect(page.locator(OUTBOX)).to_be_hidden()
    fill(page, "离线忘了选人")
    send(page)
    page.wait_for_url(re.compile(r"/logs/[0-9a-f-]{36}/$"))
    assert len(logs_with(page, site, "离线忘了选人")) == 1


def test_a_draft_shows_in_no_other_form_and_to_nobody_else(page, site, sign_in, context):
    sign_in("mentor")
    kept(page)
    open_form(page, site)
    fill(page, "只在这一篇里")
    stored(page)
    open_form(page, site, "?kind=session")
    assert page.input_value("#id_text") == ""
    open_form(page, site)
    expect(page.locator("#id_text")).to_have_value("只在这一篇里")

    page.goto(f"{site}/accounts/me/")
    leave = page.locator("form[data-sign-out] button")
    expect(page.locator("form[data-sign-out]")).to_have_attribute("data-confirm", "有1篇还没发出")
    leave.click()
    page.get_by_role("button", name="先不退出").click()
    assert "/accounts/me/" in page.url

    sign_in("organizer")
    follow(page, page.locator("a[href^='/cohorts/']").first)
    assert not page.evaluate(FORM_KEPT)
    context.set_offline(True)
    page.goto(f"{site}/logs/write/")
    expect(page.locator("h1")).to_have_text("现在没有网络")
    context.set_offline(False)
    assert page.evaluate("document.cookie.includes('studio_here')")

    sign_in("mentor")
    open_form(page, site)
    expect(page.locator("#id_text")).to_have_value("只在这一篇里")
    page.goto(f"{site}/accounts/me/")
    expect(page.locator("form[data-sign-out]")).to_have_attribute("data-confirm", "有1篇还没发出")
    leave.click()
    page.get_by_role("button", name="删去并退出").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    sign_in("mentor")
    open_form(page, site)
    assert page.input_value("#id_text") == ""


@pytest.mark.parametrize("worker_sees_cookies", [True, False])
def test_a_browser_that_was_closed_shows_no_kept_page(page, site, sign_in, context, worker_sees_cookies):
    """On a computer that others use: the sign-in ended with the browser, nobody signed out, and there is no network."""
    sign_in("mentor")
    kept(page)
    if not worker_sees_cookies:
        context.service_workers[0].evaluate("Object.defineProperty(self, 'cookieStore', { value: undefined })")
    context.set_offline(True)
    open_form(page, site)
    context.clear_cookies()
    page.goto(f"{site}/logs/write/")
    expect(page.locator("h1")).to_have_text("现在没有网络")
    assert "何嘉怡" not in page.content()


def test_another_device_goes_on_with_the_draft(page, site, sign_in, browser, browser_context_args):
    sign_in("mentor")
    open_form(page, site)
    fill(page, "手机上写了一半")
    with page.expect_response(re.compile("/logs/drafts/coaching/")) as answered:
        stored(page)
    assert answered.value.ok
    elsewhere = browser.new_context(**browser_context_args)
    other = elsewhere.new_page()
    other.goto(f"{site}/accounts/login/")
    type_in(other, "mentor", PASSWORD)
    open_form(other, site)
    assert other.input_value("#id_text") == ""
    other.locator("[data-draft-offer]", has_text="手机上写了一半").locator("a").click()
    expect(other.locator("#id_text")).to_have_value("手机上写了一半")
    assert other.locator("[name=mentees]:checked").count() == 1
    other.fill("#id_text", "手机上写了一半，电脑上写完")
    send(other)
    other.wait_for_url(re.compile(r"/logs/[0-9a-f-]{36}/$"))
    assert len(logs_with(other, site, "电脑上写完")) == 1
    elsewhere.close()
    page.fill("#id_text", "手机上又改了一句")  # the same key with other words: no second log, and they are not lost
    send(page)
    expect(page.locator(".summary")).to_contain_text("先前已经交过")
    assert page.input_value("#id_text") == "手机上又改了一句"
    assert logs_with(page, site, "手机上又改了一句") == []
    assert len(logs_with(page, site, "手机上写了一半")) == 1
