"""An apprentice writes and hands in, the mentor takes the red pen: on a phone and at a desk, until it is done."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .moves import follow
from .test_pages_fit import switch

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
PAGE = re.compile(r"/[0-9a-f-]{36}/$")


def photograph(color):
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), color).save(out, "JPEG")
    return {"name": f"IMG_{color}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def press(page, words):
    follow(page, page.locator("main").get_by_role("button", name=words, exact=True))


def answer(page, mark, comment):
    page.locator("label", has_text=re.compile(f"^\\s*{mark}\\s*$")).click()
    page.fill("#id_comment", comment)
    press(page, "批好了")


def pen(page):
    return page.inner_text(".red-pen")


@SIZES
def test_three_lines_and_the_red_pen(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    sign_in("mentee")
    follow(page, page.locator("main .btn-primary", has_text="写一篇心得"))
    sound()
    page.fill("#id_one_event", f"敲开了六楼的门，宽{size['width']}。")
    page.fill("#id_one_number", "敲了四次")
    page.fill("#id_one_regret", "第一次就该带上水电单")
    press(page, "交给师傅")
    page.wait_for_url(PAGE)
    address = page.url
    assert "交给师傅了" in page.inner_text("main")
    sound()
    sign_in("mentor")
    sound()
    page.goto(address)
    follow(page, page.locator("main .btn-primary", has_text="批阅"))
    sound()
    answer(page, "好", "四次里，哪一次最要紧？")
    sound()
    sign_in("mentee")
    assert "四次里，哪一次最要紧？" in page.inner_text("main")
    sound()
    page.goto(address)
    assert "好" in pen(page)
    assert "四次里，哪一次最要紧？" in pen(page)
    sound()


def test_a_reflection_survives_a_closed_tab_and_is_gone_once_it_is_handed_in(page, site, context, sign_in):
    sign_in("mentee", at=f"{site}/logs/reflections/write/")
    page.fill("#id_one_event", "门铃响了三次没人应。")
    expect(page.locator("[data-draft-status]")).to_contain_text("草稿已存本机")
    page.close()
    again = context.new_page()
    again.goto(f"{site}/logs/reflections/write/")
    expect(again.locator("#id_one_event")).to_have_value("门铃响了三次没人应。")
    again.fill("#id_one_number", "三次")
    press(again, "交给师傅")
    again.wait_for_url(PAGE)
    assert "门铃响了三次没人应。" in again.inner_text("main")
    again.goto(f"{site}/logs/reflections/write/")
    expect(again.locator("[data-draft-status]")).to_contain_text("边写边存在本机")
    assert again.input_value("#id_one_event") == ""


@SIZES
def test_homework_with_a_photo_goes_back_once_and_is_done(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    task = f"画一张积水点图，宽{size['width']}"
    sign_in("mentor", at=f"{site}/logs/homework/set/")
    sound()
    page.locator("label", has_text="何嘉怡").first.click()
    page.fill("#id_task", task)
    press(page, "布置")
    page.wait_for_url(PAGE)
    address = page.url
    sign_in("mentee")
    hand_in(page, address, "画了十四个点", photograph("red"))
    sound()
    assert page.locator(".photos img").evaluate_all("all => all.every(one => one.complete && one.naturalWidth > 0)")
    sign_in("mentor", at=f"{address}answer/")
    sound()
    answer(page, "重写", "缺哪一天画的")
    sign_in("mentee", at=address)
    assert "缺哪一天画的" in pen(page)
    assert page.get_by_text("改一改再交").is_visible()
    sound()
    hand_in(page, address, "4月18日画的，十四个点", photograph("blue"))
    assert page.locator(".photos li").count() == 2
    sign_in("mentor", at=f"{address}answer/")
    answer(page, "好", "明年汛前拿出来对")
    assert "已批：好" in page.inner_text("main")
    sound()


def hand_in(page, address, words, photo):
    page.goto(f"{address}hand-in/")
    page.fill("#id_answer", words)
    page.set_input_files("#id_files", photo)
    press(page, "交给师傅")
    page.wait_for_url(address)


def test_a_file_we_do_not_take_is_said_beside_the_field(page, site, sign_in, sound):
    sign_in("mentee", at=f"{site}/logs/homework/?state=open")
    follow(page, page.locator("table a").first)
    page.goto(f"{page.url}hand-in/")
    page.fill("#id_answer", "这几句不能丢")
    page.set_input_files("#id_files", {"name": "表.docx", "mimeType": "text/html", "buffer": b"<html>"})
    press(page, "交给师傅")
    assert "不是真的docx文件" in page.inner_text("#div_id_files")
    assert page.input_value("#id_answer") == "这几句不能丢"
    sound()


def test_from_home_to_where_we_stopped_in_one_tap(page, site, sign_in, sound):
    page.set_viewport_size(PHONE)
    sign_in("mentor")
    follow(page, page.locator("main a", has_text="上次说到哪了").first)
    assert "上次说到哪了" in page.inner_text(".stop h2")
    assert "师傅一句话" in page.inner_text(".stop")
    sound()
    follow(page, page.locator("main .btn-primary"))
    assert page.locator("[name=mentees]:checked").count() == 1
    assert page.locator(".stop").is_visible()
    sound()


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("mentor", ["homework/", "homework/set/", "reflections/", "@homework", "@reflections"]),
        ("mentee", ["homework/", "reflections/", "reflections/write/", "@homework", "@reflections"]),
        ("organizer", ["homework/", "reflections/"]),
    ],
)
def test_large_text_runs_over_nowhere(page, site, sign_in, sound, who, paths):
    page.set_viewport_size(PHONE)
    sign_in(who)
    home = page.url
    switch(page, "text_size", "large")
    page.goto(home)
    sound()
    for path in paths:
        page.goto(f"{site}/logs/{path.lstrip('@')}{'/' if path.startswith('@') else ''}")
        if path.startswith("@"):
            follow(page, page.locator("table a").first)
        sound()
    page.goto(home)
    switch(page, "text_size", "standard")
