"""A visit written on a phone, strengths first, then mended and closed out by somebody else at a desk."""

import pytest

from .conftest import DESKTOP, PHONE
from .test_round_journey import follow, press, press_and_agree


@pytest.fixture(scope="module")
def studio_of_visits(on_site):
    on_site("tests.browser.visits_world")


def test_a_visit_from_the_spot_to_the_close(page, site, sign_in, sound, studio_of_visits):
    def enter(name, size, at):
        page.set_viewport_size(size)
        sign_in(f"{name}-visits", at=at)

    enter("mentor", PHONE, f"{site}/visits/")
    sound()
    follow(page, "何嘉怡")
    follow(page, "写督训记录")
    page.fill("#id_positives", "公文规范，台账整齐。")
    page.locator("label", has_text="支部记录本").click()
    page.locator("label", has_text="较好").click()
    sound()
    press(page, "记下，接着写问题")
    follow(page, "写一条发现的问题")
    page.fill("#id_text", "防汛预案两年未更新")
    page.fill("#id_action", "按一图三表重做")
    sound()
    press(page, "记下这一条")
    sound()
    press_and_agree(page, "签字")
    enter("mentee", PHONE, f"{site}/visits/mine/")
    sound()
    follow(page, "去报整改")
    sound()
    follow(page, "报整改")
    page.fill("#id_text", "重做好了，楼组都发了。")
    press(page, "报上去")
    enter("officer", DESKTOP, f"{site}/visits/findings/?when=reported")
    sound()
    follow(page, "防汛预案两年未更新")
    follow(page, "去看，销号或退回")
    page.locator("label", has_text="改好了，销号").click()
    sound()
    press(page, "交上去")
    sound()
    assert page.locator("main").get_by_text("11月20日销号").is_visible()
