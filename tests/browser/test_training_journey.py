"""An apprentice chooses on a phone what suits their gaps; the studio gives out places at a desk."""

import re

from .conftest import DESKTOP, PHONE
from .moves import follow


def test_chosen_on_a_phone_and_given_out_at_a_desk(page, site, on_site, sign_in, sound):
    on_site("tests.browser.training_world", "xun")
    page.set_viewport_size(PHONE)
    sign_in("mentee-xun", at=f"{site}/training/")
    sound()
    follow(page, page.get_by_role("link", name="双月选训①"))
    sound()
    follow(page, page.get_by_role("link", name="去选课"))
    first = page.locator(".training-menu > li").first
    assert "调解技巧" in first.inner_text()
    assert "补短板计划里有" in first.inner_text()
    sound()
    page.select_option("#id_wish1", label="调解技巧")
    page.select_option("#id_wish2", label="调解技巧")
    follow(page, "main form button[type=submit].btn-primary")
    assert "上面已经选了" in page.inner_text("main")
    sound()
    page.select_option("#id_wish2", label="法规入门")
    page.locator("main form button[type=submit].btn-primary").click()
    page.wait_for_url(re.compile(r"/training/[0-9a-f-]{36}/$"))
    assert "1. 调解技巧" in page.inner_text("main")
    page.goto(f"{site}/training/bases/")
    sound()

    page.set_viewport_size(DESKTOP)
    sign_in("officer-xun", at=f"{site}/training/?kind=elective")
    follow(page, page.get_by_role("link", name="双月选训②"))
    follow(page, page.get_by_role("link", name="课单和选课"))
    sound()
    follow(page, page.get_by_role("link", name="看分课结果"))
    sound()
    page.get_by_role("button", name="就这样分").first.click()
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_url(re.compile(r"/courses/$"))
    assert "候补第1位" in page.inner_text("main")
    sound()
    page.goto(f"{site}/training/new/")
    sound()
