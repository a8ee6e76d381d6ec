"""A sheet typed on a phone: what was solved before appears, places are told, a lost sign-in loses nothing, it is sent once."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, PHONE
from .moves import type_in
from .test_round_journey import follow, press

TITLE = "夜里车停不下，消防通道被占"


@pytest.fixture(scope="module")
def studio_of_sheets(on_site):
    on_site("tests.browser.sheet_world")


@pytest.fixture
def at_the_sheet(page, site, sign_in, studio_of_sheets):
    page.set_viewport_size(PHONE)
    sign_in("mentee-sheet", at=f"{site}/clinic/")
    follow(page, "提一个难题")


def kept(page):
    expect(page.locator("[data-kept-said]")).to_contain_text("存好了")


def test_a_sheet_from_the_first_word_to_its_number(page, site, sound, at_the_sheet):
    sound()
    page.fill("#id_title", TITLE)
    expect(page.locator("[data-kept-said]")).to_contain_text("先选一个类别")
    page.select_option("#id_category", "parking")
    expect(page.locator("[data-similar]")).to_contain_text("先清生命通道")
    page.locator("label", has_text="占消防通道").click()
    expect(page.locator(".sheet-sub:visible")).to_have_count(1)
    page.fill("#id_background", "十号楼前面停不下。王建国住7号302室，说了三次。")
    expect(page.locator("[data-places=background] mark")).to_have_text(["王建国", "7号302室"])
    kept(page)
    expect(page).to_have_url(re.compile(r"/clinic/[0-9a-f-]{36}/edit/$"))
    sound()
    page.fill("#id_stuck_at", "物业不敢贴单")
    press(page, "提交会诊")
    sound()
    expect(page.locator(".summary")).to_contain_text("已经试过的办法")
    page.fill("#id_already_tried", "贴过告知单")
    press(page, "提交会诊")
    expect(page.locator(".summary")).to_contain_text("会让人认出是谁")
    page.locator("label", has_text="照样提交").click()
    sound()
    press(page, "提交会诊")
    expect(page.locator("h1")).to_have_text(TITLE)
    page.goto(f"{site}/clinic/new/")
    expect(page.locator("#id_title")).to_have_value("")
    page.goto(f"{site}/clinic/")
    expect(page.locator(".cases h3").first).to_have_text(TITLE)
    sound()


def test_a_lost_sign_in_loses_no_word(page, context, at_the_sheet):
    page.select_option("#id_category", "pets")
    page.fill("#id_title", "遛狗不牵绳")
    kept(page)
    context.clear_cookies(name="sessionid")  # the sign-in is gone while they type on
    page.fill("#id_stuck_at", "说了就吵")
    expect(page.locator("[data-kept-said]")).to_contain_text("没有连上")
    press(page, "存草稿")
    expect(page.locator(".alert")).to_contain_text("您刚才填的还在")
    type_in(page, "mentee-sheet", PASSWORD)
    expect(page.locator("h1")).to_have_text("您刚才填的还在")
    press(page, "接着办")
    expect(page.locator("#id_stuck_at")).to_have_value("说了就吵")
    page.reload()
    expect(page.locator("#id_stuck_at")).to_have_value("说了就吵")
    follow(page, "不写了，删掉草稿")
    press(page, "确定删掉")


def test_what_was_solved_before_may_be_enough(page, sound, at_the_sheet):
    page.fill("#id_title", "车夜里停到哪里去")
    page.select_option("#id_category", "parking")
    kept(page)
    page.locator("[data-similar]").get_by_role("button", name="这个就够了").click()
    sound()
    with page.expect_navigation():
        page.locator("dialog[open]").get_by_role("button", name="够了，不用提了").click()
    expect(page.locator(".flashes")).to_contain_text("这次不用提了")
    expect(page.locator("main")).not_to_contain_text("您还没有提交的")
    follow(page, "提一个难题")
    expect(page.locator("#id_title")).to_have_value("")
