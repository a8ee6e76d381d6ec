"""A hard case from the sheet to the lesson: what was solved before, three opinions apart, the plan, the end, found again."""

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .moves import follow

CODE = "zhen"
OPINIONS = {"mentor": "先数后谈，分时段数一周", "second": "收费公开，走业主大会", "third": "消防通道先清，一天不等"}
CLOSED_BEFORE = "夜里停车没有位子"


@pytest.fixture(scope="module")
def clinic(on_site):
    on_site("tests.browser.clinic_journey_world", CODE)


def test_a_case_with_three_opinions_goes_from_the_sheet_to_the_library(page, site, sign_in, sound, clinic):
    main = page.locator("main")

    def enter(name, size, at):
        page.set_viewport_size(size)
        sign_in(f"{name}-{CODE}", at=at)

    def press(words):
        follow(page, main.get_by_role("button", name=words).first)

    def go(words):
        follow(page, main.get_by_role("link", name=words).first)

    enter("mentee", PHONE, f"{site}/clinic/")
    sound()
    go("提一个难题")
    page.fill("#id_title", "停车没有位子，天天吵")
    expect(page.locator("[data-similar]")).to_contain_text(CLOSED_BEFORE)
    page.select_option("#id_category", "parking")
    page.fill("#id_background", "车多位少，王建国住在302室，电话13812345678。")
    expect(page.locator("[data-places=background]")).to_contain_text("13812345678")
    page.fill("#id_already_tried", "协调会开过两次")
    page.fill("#id_stuck_at", "没有一个大家都认的数")
    sound()
    press("提交会诊")
    expect(main).to_contain_text("照样提交，我看过了")
    assert page.input_value("#id_stuck_at") == "没有一个大家都认的数"
    page.fill("#id_background", "车多位少，王先生和7号楼某户天天争。")
    press("提交会诊")
    case = page.url
    sound()

    enter("officer", DESKTOP, case)
    go("分诊，请师傅会诊")
    sound()
    assert main.locator("input[name=mentors]:checked").count() == 3
    press("请他们会诊")
    sound()

    for name, words in OPINIONS.items():
        enter(name, PHONE, case)
        for other in set(OPINIONS.values()) - {words}:
            assert other not in page.content()
        page.fill("#advise textarea", words)
        sound()
        press("开方")
    for words in OPINIONS.values():
        expect(main).to_contain_text(words)

    enter("mentee", PHONE, case)
    sound()
    go("理出合议的办法")
    page.fill("#id_steps-0-text", "一周夜间清点并公布")
    page.fill("#id_steps-0-owner_name", "物业公司")
    page.fill("#id_steps-0-due", "2019-01-31")
    sound()
    press("存下办法")
    press("办好了")
    go("办法都落实了")
    press("落实了，开始跟踪")
    go("报办结")
    page.locator("label", has_text="解决了").first.click()
    page.fill("#id_effect", "投诉由14件降到3件")
    page.fill("#id_lesson", "没有数字的会不要开。")
    page.locator("label", has_text="居民区自行").first.click()
    sound()
    press("报上去，请人销号")

    enter("officer", DESKTOP, case)
    go("看过了，销号")
    sound()
    press("看过了，销号")
    sound()
    go("写成案例卡")
    sound()
    page.fill("#id_title", "停车先数后谈")
    press("存下")
    press("送审")

    enter("lead", DESKTOP, f"{site}/clinic/cards/?tab=review")
    go("停车先数后谈")
    go("审这张卡")
    sound()
    page.locator("label", has_text="入库").first.click()
    press("交上去")

    enter("second", PHONE, f"{site}/clinic/library/?q=tingche")
    sound()
    expect(main).to_contain_text("停车先数后谈")
    expect(main).to_contain_text("停车没有位子，天天吵")
