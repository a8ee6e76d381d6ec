"""An organizer imports a spreadsheet with mistakes: each is shown beside its cell, the good rows go in, once."""

import io
import re

from openpyxl import Workbook, load_workbook

from .moves import follow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(page, site, content: bytes):
    page.goto(f"{site}/people/import/")
    page.set_input_files("#id_file", {"name": "名册.xlsx", "mimeType": XLSX, "buffer": content})
    follow(page, page.get_by_role("button", name=re.compile("上传")))


def counts(page):
    return [int(number) for number in re.findall(r"\d+", " ".join(page.locator(".figures dd").all_inner_texts()))]


def test_importing_a_sheet_with_errors(page, site, sign_in, sound):
    sign_in("organizer", at=f"{site}/people/import/")
    sound()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("下载模板")).click()
    heading = [cell.value for cell in load_workbook(io.BytesIO(download.value.path().read_bytes())).active[1]]
    assert heading[:3] == ["姓名", "性别", "出生年月"]
    good = ["试导入", "女", "1988-04", "310107005001", "", "居民区党总支书记", "2018-05", "10000000077", "本科", "否"]
    bad = ["试退回", "女", "1988年13月", "310107005999", "", "居民区党总支书记", "2018-05", "123", "本科", "否"]
    content = sheet([heading, good, bad])
    upload(page, site, content)
    assert counts(page) == [1, 0, 0, 1]
    assert page.locator(".preview .reason").count() == 3
    sound()
    follow(page, page.get_by_role("button", name=re.compile("确认导入")))
    assert page.locator(".alert-success").count() == 1
    upload(page, site, content)
    assert counts(page) == [0, 0, 1, 1]
    follow(page, page.get_by_role("button", name=re.compile("不导入")))
    page.goto(f"{site}/people/?q=sdr")
    assert "试导入" in page.inner_text("main")
    sound()


def test_a_file_that_is_no_spreadsheet_is_explained(page, site, sign_in, sound):
    sign_in("organizer")
    upload(page, site, b"not a spreadsheet")
    assert page.locator("#id_file").is_visible()
    assert page.locator(".invalid-feedback, .summary").first.is_visible()
    sound()
