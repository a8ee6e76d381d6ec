"""Letters of appointment issued and read, an agreement opened again and signed by three, the run sheet on paper."""

import io
import re

import pypdf
import pytest

from .conftest import DESKTOP, PHONE
from .moves import follow

A4 = (595, 842)  # points


@pytest.fixture
def cohort(page, site, sign_in):
    """The key of the demo's cohort."""
    sign_in("organizer", at=f"{site}/cohorts/")
    link = page.locator("main a", has_text="第一批").first.get_attribute("href")
    return re.search(r"[0-9a-f-]{36}", link)[0]


def confirmed(page, button):
    page.get_by_role("button", name=button).first.click()
    answer(page)


def answer(page):
    """Says yes to the page's question, and waits for what follows."""
    follow(page, "dialog#confirm button[value=yes]")


SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


@SIZES
def test_letters_are_issued_at_once_and_the_mentor_reads_theirs(page, site, cohort, sign_in, sound, size):
    page.set_viewport_size(size)
    page.goto(f"{site}/cohorts/{cohort}/")
    follow(page, page.locator("main a", has_text="聘书").first)
    sound()
    standing = page.locator("ul.papers li", has_not_text="已作废").filter(has_text="沈桂芳")
    follow(page, standing.locator(".t a"))
    sound()
    follow(page, page.get_by_role("link", name="作废这一份"))
    sound()
    page.fill("#id_reason", "试印的一份")
    follow(page, page.get_by_role("button", name="确定作废"))
    follow(page, page.get_by_role("link", name="一并发聘书"))
    number = page.locator(".numbers li span").first.inner_text()
    assert re.fullmatch(r"梁室聘〔2018〕\d\d号", number)
    sound()
    confirmed(page, "发出聘书")
    assert "聘书都发好了" in page.inner_text("main")
    sound()

    sign_in("mentor", at=f"{site}/notices/")
    follow(page, page.locator("main a", has_text="您的聘书发下来了").first)
    page.goto(f"{site}/letters/appointments/{cohort}/")
    own = page.locator("ul.papers li", has_text=number)
    follow(page, own.locator(".t a"))
    said = page.inner_text(".cert")
    for words in (number, "沈桂芳同志：", "兹聘请您担任", "此聘", "二〇一八年八月十五日"):
        assert words in said
    sound()
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 1
    assert (round(sheets[0].mediabox.width), round(sheets[0].mediabox.height)) == A4


@SIZES
def test_three_sign_an_agreement_that_was_opened_again(page, site, cohort, sign_in, sound, size):
    page.set_viewport_size(size)
    page.goto(f"{site}/letters/agreements/{cohort}/")
    sound()
    follow(page, page.locator("ul.papers .t a", has_text="何嘉怡"))
    address = page.url
    follow(page, page.get_by_role("link", name="撤回签字，重新拟"))
    sound()
    page.fill("#id_reason", "期限写错")
    confirmed(page, "撤回签字")
    follow(page, page.get_by_role("link", name="改文字"))
    sound()
    page.fill("#id_frequency", f"每月两次，宽{size['width']}。")
    follow(page, page.get_by_role("button", name="保存"))
    for who, button in [("mentor", "我看过了，签字"), ("mentee", "我看过了，签字"), ("organizer", "代表工作室签字")]:
        sign_in(who, at=address)
        sound()
        confirmed(page, button)
        assert page.get_by_role("button", name=button).count() == 0
    assert "三方签齐" in page.inner_text("main")
    assert f"宽{size['width']}" in page.inner_text(".deed")
    assert re.search(r"[0-9a-f]{64}", page.inner_text(".deed-digest"))
    sound()
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 1


@SIZES
def test_the_run_sheet_is_arranged_and_printed(page, site, cohort, sound, size):
    page.set_viewport_size(size)
    page.goto(f"{site}/letters/launch/{cohort}/")
    sound()
    follow(page, page.get_by_role("link", name="改流程"))
    sound()
    title = f"学员代表发言{size['width']}"
    page.select_option("#add_kind", "speech")
    page.fill("#add_title", title)
    follow(page, page.get_by_role("button", name="加这一项"))
    step = page.locator(".run-edit li", has_text=title)
    follow(page, step.get_by_role("button", name="往前"))
    order = page.locator(".run-edit .t").all_inner_texts()
    assert order[-2:] == [title, "合影"]
    step.get_by_role("button", name="去掉").click()
    answer(page)
    page.goto(f"{site}/letters/launch/{cohort}/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    said = "".join(sheet.extract_text() for sheet in printed.pages)
    assert len(printed.pages) <= 3
    assert "第六组" in said
    assert "提醒交帖" not in said


def test_large_text_on_a_phone_does_not_run_over(page, site, cohort, sign_in, sound):
    page.set_viewport_size(PHONE)
    for who, addresses in {
        "organizer": ["appointments", "agreements", "launch", "launch/edit"],
        "mentor": ["appointments", "agreements"],
    }.items():
        sign_in(who)
        follow(page, page.locator("button[name=text_size][value=large]"))
        for address in addresses:
            base, _, more = address.partition("/")
            page.goto(f"{site}/letters/{base}/{cohort}/{more and more + '/'}")
            sound()
            paper = page.locator("ul.papers .t a")
            if paper.count():
                follow(page, paper.first)
                sound()
                page.go_back()
        follow(page, page.locator("button[name=text_size][value=standard]"))
