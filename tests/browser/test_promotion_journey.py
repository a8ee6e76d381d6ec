"""A panel from a missing member to a notice on the board and an objection, at a desk and on a phone."""

import re

from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .moves import follow


def press(page, name):
    follow(page, page.get_by_role("button", name=name).first)


def prepare(page, site):
    """A review of one key mentee of another mentor, and three who are due; returns its address."""
    page.goto(f"{site}/promotions/")
    follow(page, page.get_by_role("link", name="开一次评审"))
    page.locator("label", has_text="陶思远").click()
    page.fill("#id_place", "区委组织部会议室")
    page.fill("#id_exception", "半年里两次现场都是全组带头，先上会，年度等次后补")
    press(page, "建评审")
    for number, (label, convener) in enumerate([("贺明远", True), ("沈桂芳", False)]):
        page.select_option("#id_user", label=label)
        if convener:
            page.check("#id_is_convener")
        press(page, "加上")
        expect(page.locator("#due ~ *, section[aria-labelledby=due] .rows > li")).to_have_count(number + 1)
    page.fill("#id_name", "党代表")
    press(page, "加上")
    follow(page, page.get_by_role("link", name="请齐了"))
    return page.url


def come(page, *names):
    for name in names:
        follow(page, page.locator(".seats li", has_text=name).get_by_role("button"))


def hold_the_vote(page, site, sign_in, review, sound):
    """A guest through the clerk, a member on a phone, the convener last."""
    press(page, "开始表决陶思远")
    follow(page, page.get_by_role("link", name="录入外请评委的意见"))
    page.locator("label", has_text="党代表").click()
    page.locator("form .vote-yes").click()
    sound()
    press(page, "记下")
    expect(page.locator("#now")).to_contain_text("已投1位")
    for who in ("mentor", "leader"):
        sign_in(who)
        page.set_viewport_size(PHONE)
        page.goto(f"{site}/promotions/") if who == "mentor" else page.goto(review)
        follow(page, page.get_by_role("link", name=re.compile("去表决")).first)
        sound()
        page.locator("form .vote-yes").click()
        press(page, "盖章投票")
        expect(page.locator("main")).to_contain_text("您已经投过票了")


def test_from_a_missing_member_to_an_objection(page, site, sign_in, sound):
    page.set_viewport_size(DESKTOP)
    sign_in("organizer")
    review = prepare(page, site)
    come(page, "贺明远")
    expect(page.get_by_role("button", name="开始表决陶思远")).to_be_disabled()
    expect(page.locator("#now")).to_contain_text("还差1位到会")
    sound()
    come(page, "沈桂芳", "党代表")
    hold_the_vote(page, site, sign_in, review, sound)

    page.set_viewport_size(DESKTOP)
    sign_in("organizer", at=review)
    press(page, "计票")
    expect(page.locator(".verdict")).to_contain_text("应到3位，实到3位，同意3票")
    sound()
    page.get_by_role("button", name="议定封存").first.click()
    follow(page, page.locator("#confirm").get_by_role("button").first)
    follow(page, page.get_by_role("link", name="去公示"))
    page.fill("#id_contact", "公示期内可以打电话或写信")
    sound()
    press(page, "盖章公示")
    expect(page.locator(".days li")).to_have_count(5)
    sound()

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/promotions/board/putuo/")
    sound()
    follow(page, page.get_by_role("link", name="反映问题"))
    page.locator("label", has_text="陶思远").click()
    page.fill("#id_content", "两篇日志内容相近")
    sound()
    press(page, "交给工作室")
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()

    sign_in("organizer", at=f"{site}/promotions/objections/")
    expect(page.locator("main")).to_contain_text("关于陶思远")
    sign_in("leader", at=f"{site}/promotions/objections/")
    expect(page.locator("main")).not_to_contain_text("关于陶思远")
