"""The main pages of every role on a phone in large text, in both languages: nothing runs over, axe finds nothing."""

import pytest

from .conftest import PHONE
from .moves import follow

PAGES = {
    "organizer": ["/overview/", "/people/", "/people/new/", "/people/import/", "/accounts/", "/notices/", "/notices/send/",
                  "/accounts/me/", "/cohorts/", "@批次", "@结对", "/logs/", "/letters/", "/letters/verify/",
                  "/archive/", "/archive/exports/",
                  "@谁还没有记", "/promotions/", "/promotions/ladder/", "/promotions/graduates/", "/promotions/holidays/",
                  "/promotions/objections/", "/promotions/board/putuo/", "/clinic/", "/clinic/figures/", "/clinic/days/",
                  "/clinic/cards/", "/clinic/library/?q=停车"],
    "mentor": ["/mentor/", "/logs/write/", "/logs/write/?kind=session", "/logs/", "/logs/homework/",
               "/logs/homework/set/", "/logs/reflections/", "/letters/",
               "/framework/", "/notices/", "/accounts/me/", "@何嘉怡", "/clinic/", "/clinic/library/"],
    "mentee": ["/mentee/", "/letters/", "/logs/", "/logs/homework/", "/logs/reflections/", "/logs/reflections/write/",
               "@沈桂芳", "/archive/", "/clinic/", "/clinic/new/", "/clinic/library/"],
    "liaison": ["/liaison/", "/people/"],
    "leader": ["/overview/"],
}  # fmt: skip


def switch(page, field, value):
    button = page.locator(f"button[name={field}][value='{value}']")
    if button.count() and button.get_attribute("aria-current") is None:
        follow(page, button)


@pytest.mark.parametrize("username", PAGES)
def test_pages_fit_a_phone_in_large_text(page, site, sign_in, sound, username):
    page.set_viewport_size(PHONE)
    sign_in(username)
    home = page.url
    addresses = []
    for address in PAGES[username]:
        if address.startswith("@"):
            link = page.locator("a", has_text=address[1:]).first
            address = link.get_attribute("href")
        addresses.append(address)
    switch(page, "text_size", "large")
    for language in ("en", "zh-hans"):
        page.goto(home)
        switch(page, "language", language)
        for address in addresses:
            response = page.goto(site + address)
            assert response.status == 200, address
            sound()
    page.goto(home)
    switch(page, "text_size", "standard")


def test_someone_typing_for_a_mentor_is_named_on_every_page(page, site, sign_in, sound):
    sign_in("organizer", at=f"{site}/accounts/me/")
    follow(page, page.locator("form[action$='/act/'] button", has_text="陆永康").first)
    for address in ("/mentor/", "/notices/"):
        page.goto(site + address)
        assert "许晓岚正在代陆永康填写" in page.inner_text(".acting")
        sound()
    follow(page, page.get_by_role("button", name="不再代填"))
    assert page.locator(".acting").count() == 0


def test_pages_that_are_not_there_and_doors_that_are_shut(page, site, sign_in):
    sign_in("leader")
    switch(page, "language", "zh-hans")
    assert page.goto(f"{site}/nowhere/").status == 404
    assert "这里还没有立柱" in page.inner_text("body")
    assert page.goto(f"{site}/people/new/").status == 403
    assert "这扇门没有对您开" in page.inner_text("body")
