"""The officer finds a file, binds and prints it, and packs a group; the apprentice takes the keepsake home."""

import io
import re
import zipfile

import pypdf
import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .moves import follow

SIZES = pytest.mark.parametrize(("size", "name"), [(PHONE, "万书涵"), (DESKTOP, "施晨")], ids=["phone", "desk"])


def open_list(page):
    page.locator("footer a", has_text="带教档案").click()
    page.wait_for_url(re.compile(r"/archive/[0-9a-f-]{36}/$"))


def open_all_filters(page):
    for summary in page.locator("details.filters > summary").all():
        if summary.is_visible():
            summary.click()


@SIZES
def test_from_the_list_to_a_bound_and_printed_file(page, site, sign_in, sound, size, name):
    page.set_viewport_size(size)
    sign_in("organizer")
    open_list(page)
    sound()
    open_all_filters(page)
    page.fill("#id_q", name)
    follow(page, page.locator("button", has_text="查看"))
    assert page.locator("tbody tr").count() == 1
    follow(page, page.locator("tbody a", has_text=name))
    assert "卷内目录" in page.inner_text("main")
    sound()
    page.locator("main button", has_text="立卷").click()
    page.locator("dialog button", has_text="立卷").click()
    page.wait_for_url(re.compile(r"/archive/bound/"))
    assert "和今天的内容一字不差" in page.inner_text("main")
    assert "另一位同事" in page.inner_text("main")
    sound()
    follow(page, page.locator("main a.back"))
    assert "第1次立卷" in page.inner_text("main")
    answer = page.request.get(site + page.locator("a", has_text="打印全卷").get_attribute("href"))
    pdf = pypdf.PdfReader(io.BytesIO(answer.body()))
    assert name in pdf.pages[0].extract_text()
    assert "打印人：许晓岚" in pdf.pages[-1].extract_text()


@SIZES
def test_a_group_is_packed_while_one_watches(page, sign_in, sound, size, name):
    page.set_viewport_size(size)
    sign_in("organizer")
    open_list(page)
    open_all_filters(page)
    page.select_option("form[action$='/export/'] select", index=1 if size is PHONE else 2)
    page.locator("button", has_text="开始打包").click()
    page.wait_for_url(re.compile(r"/archive/exports/[0-9a-f-]{36}/$"))
    sound()
    expect(page.locator("main")).to_contain_text("整理好了", timeout=60_000)  # it turns by itself
    sound()
    with page.expect_download() as taken:
        page.locator("a", has_text="下载ZIP").click()
    assert taken.value.suggested_filename.endswith("带教档案.zip")
    with zipfile.ZipFile(taken.value.path()) as archive:
        names = archive.namelist()
    assert sum(one.endswith(".pdf") for one in names) >= 1
    assert any(one.endswith("目录.xlsx") for one in names)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_an_apprentice_takes_the_keepsake_home(page, site, sign_in, sound, size):
    page.set_viewport_size(size)
    sign_in("mentee")
    page.locator("footer a", has_text="我的档案").click()
    page.wait_for_url(re.compile(r"/archive/file/"))
    assert page.locator("button", has_text="立卷").count() == 0
    sound()
    answer = page.request.get(site + page.locator("a", has_text="带教留念").get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert "何嘉怡" in pypdf.PdfReader(io.BytesIO(answer.body())).pages[0].extract_text().replace(" ", "")
