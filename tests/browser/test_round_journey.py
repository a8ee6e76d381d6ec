"""A round from opening to grades and one review, by four people, on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE

LEVEL = "3"


def press(page, words):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).click()


def press_and_agree(page, words):
    """Says yes in the dialog that asks before an act that can't be taken back."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()
    with page.expect_navigation():
        page.locator("dialog[open] .btn-primary, dialog[open] .btn-seal").first.click()


def follow(page, words):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=words).first.click()


@pytest.fixture(scope="module")
def studios(on_site):
    on_site("tests.browser.round_world", "phone", "desk")


@pytest.mark.parametrize(("size", "code"), [(PHONE, "phone"), (DESKTOP, "desk")], ids=["phone", "desk"])
def test_a_round_from_opening_to_a_review(page, site, sign_in, sound, studios, size, code):
    page.set_viewport_size(size)

    def enter(name, at):
        sign_in(f"{name}-{code}", at=at)

    opening(page, site, enter, sound)
    rating(page, site, enter, sound)
    grading(page, site, enter, sound)
    reviewing(page, site, enter, sound)


def opening(page, site, enter, sound):
    enter("officer", f"{site}/assessments/make/")
    page.locator("label", has_text="半年评估").click()
    page.fill("#id_due", "2019-01-25")
    sound()
    press(page, "建好这一轮")
    sound()
    press(page, "打开，请学员述学")
    enter("mentee", f"{site}/assessments/mine/")
    follow(page, "写述学")
    page.fill("#id_report", "先听后讲，楼道清了十一户。")
    sound()
    press(page, "交上去")


def rating(page, site, enter, sound):
    enter("officer", f"{site}/assessments/")
    follow(page, "半年评估")
    press(page, "清点，请大家评分")
    enter("mentor", f"{site}/assessments/mine/")
    sound()
    follow(page, "评分")
    page.wait_for_load_state("networkidle")
    for group in page.locator(".choices-5").all():
        group.locator(f"label:has-text('{LEVEL}')").first.click()
    expect(page.locator("[data-autosave-status]")).to_contain_text("草稿存好了")
    press(page, "交上去")
    expect(page.locator("#summary-heading")).to_be_visible()  # the ballot has not been answered
    assert page.locator("input:checked").count() == 5
    sound()
    page.locator("label", has_text="很好").first.click()
    press(page, "交上去")
    follow(page, "写评语")
    words = {
        "strength_1": "散会人人有事",
        "strength_2": "答应的都记得",
        "weakness": "预案没练过",
        "suggestion": "汛期前走一遍",
    }
    for name, text in words.items():
        page.fill(f"#id_{name}", text)
    sound()
    press(page, "保存评语")
    from_paper(page, site, enter, sound)


def from_paper(page, site, enter, sound):
    enter("officer", f"{site}/assessments/")
    follow(page, "半年评估")
    sound()
    for _ in range(3):
        with page.expect_navigation():
            page.locator("a", has_text="录入").first.click()
        for group in page.locator(".choices-5").all():
            group.locator(f"label:has-text('{LEVEL}')").first.click()
        for field in page.locator("main input[type=number]").all():
            field.fill("86")
        page.get_by_label("这些分从哪儿来").fill("纸质票，收回8张")
        sound()
        press(page, "交上去")


def grading(page, site, enter, sound):
    press_and_agree(page, "停止评分，汇总")
    sound()
    follow(page, "看结果")
    page.locator("summary", has_text="总分").click()
    page.locator("summary", has_text="应知必会").click()
    sound()
    enter("lead", f"{site}/assessments/")
    follow(page, "半年评估")
    follow(page, "发布结果")
    sound()
    press_and_agree(page, "发布结果")
    assert "发布" in page.inner_text(".page-head")
    enter("mentor", f"{site}/assessments/mine/")
    follow(page, "谈过了")
    press(page, "记好了")
    assert "等本人签知悉" in page.inner_text("main")


def reviewing(page, site, enter, sound):
    enter("mentee", f"{site}/assessments/mine/")
    follow(page, "半年评估")
    sound()
    assert "良好" not in page.inner_text("main .figures")
    follow(page, "签知悉")
    press(page, "我知道了，签名")
    follow(page, "申请复核")
    page.fill("#id_ground", "十月那次我到了，签在纸上。")
    press(page, "交上去")
    enter("lead", f"{site}/assessments/")
    follow(page, "半年评估")
    with page.expect_navigation():
        page.locator("#reviews").locator("xpath=ancestor::section").locator("a").first.click()
    follow(page, "决定")
    page.locator("label", has_text="成立，更正").click()
    page.select_option("#id_path", "process.attendance")
    page.fill("#id_points", "100")
    page.fill("#id_finding", "签到表第九行有本人签名。")
    sound()
    press(page, "作出决定")
    enter("mentee", f"{site}/assessments/mine/")
    follow(page, "半年评估")
    follow(page, "看经过")
    assert "更正为100.0" in page.inner_text("main")
    sound()
