"""An officer reads what clashes, at a desk; a mentor takes the dates along, on a telephone."""

import re

import pypdf

from .conftest import DESKTOP, PHONE
from .moves import follow


def test_from_the_month_to_ones_own_telephone(page, site, sign_in, sound, on_site, tmp_path):
    on_site("tests.browser.calendar_world", "calendar")
    page.set_viewport_size(DESKTOP)
    sign_in("officer-calendar")
    follow(page, page.locator("footer a", has_text="日历"))
    assert page.inner_text("h1") == "2018年9月"
    sound()
    page.locator(".cal-clashes summary").click()
    assert "沈桂芳同时在两处" in page.inner_text(".cal-clashes")
    assert page.locator(".cal-band", has_text="第一轮督训").count() == 2  # over two weeks
    page.pdf(path=tmp_path / "month.pdf", prefer_css_page_size=True)
    (sheet,) = pypdf.PdfReader(tmp_path / "month.pdf").pages
    assert sheet.mediabox.width > sheet.mediabox.height
    page.set_viewport_size(PHONE)
    sign_in("mentor-calendar")
    follow(page, page.locator("footer a", has_text="日历"))
    assert not page.locator(".cal-cells").first.is_visible()
    page.locator("a[href='#day-2018-09-20']").click()
    row = page.locator("#day-2018-09-20 .cal-row", has_text="把组织生活过出味道")
    assert row.is_visible()
    sound()
    with page.expect_download() as taken:
        row.locator(".cal-take").click()
    assert "把组织生活过出味道" in taken.value.path().read_text()
    follow(page, page.locator("a", has_text="按周列出"))
    assert page.inner_text(".cal-line") == "今天：9月18日，星期二"
    sound()
    follow(page, page.locator("a", has_text="放进我的手机日历"))
    follow(page, page.locator("button", has_text="取我的订阅地址"))
    address = page.inner_text("#cal-address")
    sound()
    answer = page.request.get(re.sub(r"https?://[^/]+", site, address), headers={"cookie": ""})
    assert "BEGIN:VCALENDAR" in answer.text()
