"""A work meeting: planned at a desk, written down on a phone, issued by another, read, and its task closed out."""

import pytest

from .conftest import DESKTOP, PHONE
from .moves import follow

CODE = "hui"


@pytest.fixture(scope="module")
def studio_of_meetings(on_site):
    on_site("tests.browser.meeting_world", CODE)


def test_from_the_plan_to_the_closed_task(page, site, sign_in, sound, studio_of_meetings):
    def enter(name, size, at):
        page.set_viewport_size(size)
        sign_in(f"{name}-{CODE}", at=at)

    def press(words):
        follow(page, page.locator("main").get_by_role("button", name=words))

    enter("officer", DESKTOP, f"{site}/meetings/")
    sound()
    follow(page, page.get_by_role("link", name="排一次会"))
    page.fill("#id_topic", "分组与带教计划")
    page.fill("#id_points", "审定分组\n明确日志要求")
    page.fill("#id_date", "2019-01-18")
    page.fill("#id_place", "会议室")
    page.fill("#id_guests", "区委党校")
    page.select_option("#id_chair", label="沈桂芳")
    sound()
    press("排上，通知他们")
    sound()
    meeting = page.url

    page.set_viewport_size(PHONE)
    follow(page, page.get_by_role("link", name="点名"))
    sound()
    press("记下到会情况")
    follow(page, page.get_by_role("link", name="写会议记录"))
    page.fill("#id_speeches", "沈桂芳：先摸底，再分组")
    page.fill("#id_decision", "每名师傅固定带教5名学员")
    page.fill("#id_items-0-text", "交六组能力摸底表")
    page.select_option("#id_items-0-owner", label="沈桂芳")
    page.fill("#id_items-0-due", "2019-01-31")
    sound()
    press("存下记录")
    sound()

    enter("lead", DESKTOP, meeting)
    follow(page, page.get_by_role("link", name="印发纪要"))
    sound()
    press("印发")
    sound()
    assert "每名师傅固定带教5名学员" in page.inner_text(".meeting-sheet")

    enter("mentor", PHONE, f"{site}/meetings/items/")
    sound()
    follow(page, page.get_by_role("link", name="交六组能力摸底表"))
    page.fill("#id_progress", "六组都交齐了")
    sound()
    press("办好了，报完成")
    page.goto(meeting)
    follow(page, page.get_by_role("link", name="看印发的纪要"))
    sound()
    follow(page, page.get_by_role("link", name="看过了，去签收"))
    press("签收")

    enter("officer", DESKTOP, f"{site}/todo/")
    sound()
    page.goto(f"{site}/meetings/items/?when=all")
    follow(page, page.get_by_role("link", name="交六组能力摸底表"))
    sound()
    press("看过了，销号")
    assert page.locator(".mark", has_text="已销号").first.is_visible()
