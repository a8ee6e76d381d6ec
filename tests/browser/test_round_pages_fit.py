"""The pages of a finished round on a phone in large text, in both languages: nothing runs over, axe finds nothing."""

import re

import pytest

from .conftest import PHONE
from .test_pages_fit import switch

FROM_ROUND = ["results/"]
WALK = {
    "organizer": [r"/assessments/[0-9a-f-]{36}/$", r"/assessments/scheme/[0-9a-f-]{36}/$", r"/assessments/sheets/",
                  r"/assessments/reviews/"],
    "mentor": [r"/assessments/sheets/"],
    "mentee": [r"/assessments/sheets/"],
}  # fmt: skip


def first_link(page, pattern):
    links = [a.get_attribute("href") for a in page.locator("main a").all()]
    return next(link for link in links if link and re.search(pattern, link))


@pytest.mark.parametrize("username", WALK)
def test_a_round_fits_a_phone_in_large_text(page, site, sign_in, sound, username):
    page.set_viewport_size(PHONE)
    sign_in(username)
    home = page.url
    switch(page, "text_size", "large")
    start = "/assessments/" if username == "organizer" else "/assessments/mine/"
    addresses = [start]
    page.goto(site + start)
    for pattern in WALK[username]:
        address = first_link(page, pattern)
        addresses.append(address)
        if "sheets" not in pattern and "reviews" not in pattern and "scheme/" not in pattern:
            page.goto(site + address)
            addresses += [address + more for more in FROM_ROUND]
        if "scheme/" in pattern:
            addresses += [address + "change/", address + "replay/"]
    for language in ("en", "zh-hans"):
        page.goto(home)
        switch(page, "language", language)
        for address in addresses:
            response = page.goto(site + address)
            assert response.status == 200, address
            sound()
    page.goto(home)
    switch(page, "text_size", "standard")
