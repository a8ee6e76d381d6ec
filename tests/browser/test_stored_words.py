"""T35: whatever people wrote stands on the pages as words. Nothing of it is run, or even taken for markup."""

import json

import pytest

# The pages with the most of what people wrote.
PAGES = {
    "lead": [
        "archive:file",  "assessments:sheet", "calendar:agenda", "clinic:case", "clinic:cases",
        "clinic:day",  "cohorts:mentee", "cohorts:mentor", "cohorts:roster", "dashboards:overview",
        "framework:framework", "growth:growth", "letters:agreement",  "letters:launch",
        "letters:letter",  "logs:homework", "logs:log", "logs:logs",
        "matching:proposal", "meetings:meeting", "meetings:minutes",
        "notifications:sent_notice",  "people:register", "promotions:candidate", "promotions:objection",
        "promotions:notice_print", "training:session",  "visits:visit",
    ],
    "mentor": ["clinic:advise", "dashboards:mentor_home", "logs:write", "notifications:inbox", "assessments:rate"],
    "mentee": ["dashboards:mentee_home", "letters:letter", "growth:plan", "logs:homework_hand_in", "visits:mine"],
}  # fmt: skip
ADMIN = ["people/secretary/", "cohorts/cohort/", "places/base/", "accounts/user/", "audit/entry/"]
WATCH = """
  window.broken = [];
  document.addEventListener("securitypolicyviolation", event => window.broken.push(event.violatedDirective));
"""
FOUND = """() => ({
  ran: window.ran ?? null,
  broken: window.broken,
  markup: [...document.querySelectorAll("[data-ran], img[src^='/nowhere']")].map(each => each.outerHTML),
  links: [...document.querySelectorAll("[href^='javascript:' i], [action^='javascript:' i]")].map(each => each.outerHTML),
  words: (document.body.innerText + [...document.querySelectorAll("input, textarea")].map(each => each.value).join())
    .match(/onerror=|<script|<svg|javascript:alert|<i data-ran|<b>[0-9]/g)?.length ?? 0,
})"""


@pytest.fixture(scope="module")
def world(on_site, tmp_path_factory):
    answer = tmp_path_factory.mktemp("words") / "addresses.json"
    on_site("tests.browser.odd_words_world", "words", str(answer))
    return json.loads(answer.read_text(encoding="utf-8"))


def test_stored_words_stay_words(page, site, sign_in, world):
    assert world["fields"] > 200, "the studio is full of it"
    dialogs, shown = [], {}
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script(WATCH)
    for who, names in PAGES.items():
        sign_in(f"{who}-words")
        addresses = world["addresses"][who]
        pages = {name: addresses[name] for name in names}
        if who == "lead":
            pages |= {each: f"/admin/{each}" for each in ADMIN}
        for name, address in pages.items():
            assert page.goto(site + address).status == 200, address
            found = page.evaluate(FOUND)
            shown[name] = found.pop("words")
            assert found == {"ran": None, "broken": [], "markup": [], "links": []}, f"{name} {address}"
    assert not dialogs
    assert [name for name, times in shown.items() if not times] == [], "each page does show some of it"
