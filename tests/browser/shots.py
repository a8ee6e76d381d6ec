"""Takes pictures of the main pages of a running demo site: `./studio run` in one window, `./studio shots` in another.

Writes PNG files to var/shots (or to the folder named as the first argument), at both widths, languages and text sizes.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("STUDIO_CHROMIUM", "/usr/bin/chromium")
SITE = os.environ.get("STUDIO_SITE", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
PASSWORD = "daliang-2018"
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
PAGES = {
    "organizer": {
        "overview": "/overview/",
        "register": "/people/",
        "import": "/people/import/",
        "cohort": "@批次",
        "pairing": "@结对",
        "framework": "/framework/",
        "accounts": "/accounts/",
        "inbox": "/notices/",
        "me": "/accounts/me/",
        "admin": "/admin/",
        "admin-mentees": "/admin/cohorts/mentee/",
    },
    "mentor": {"home": "/mentor/", "inbox": "/notices/"},
    "mentee": {"home": "/mentee/"},
    "liaison": {"home": "/liaison/", "register": "/people/"},
    "leader": {"overview": "/overview/"},
}


def take(folder: Path, only: str = "") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for size, viewport in WIDTHS.items():
            shoot_sign_in(browser, folder, size, viewport)
            for who, pages in PAGES.items():
                if only in {"", who}:
                    shoot_pages(browser, folder, size, viewport, who, pages)
        browser.close()


def shoot_sign_in(browser, folder, size, viewport):
    page = browser.new_page(viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai")
    page.goto(f"{SITE}/accounts/login/")
    page.screenshot(path=folder / f"signin-{size}.png", full_page=True)
    page.context.close()


def shoot_pages(browser, folder, size, viewport, who, pages):
    page = browser.new_page(viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai")
    page.goto(f"{SITE}/accounts/login/")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit].btn-primary")
    for name, address in pages.items():
        if address.startswith("@"):
            address = page.evaluate(
                "words => [...document.querySelectorAll('.nav-posts a')].find(a => a.innerText.includes(words))?.pathname",
                address[1:],
            )
        page.goto(SITE + (address or "/"))
        page.screenshot(path=folder / f"{who}-{name}-{size}.png", full_page=True)
        if not address.startswith("/admin"):
            shoot_variants(page, folder / f"{who}-{name}-{size}")
    page.context.close()


def shoot_variants(page, stem: Path):
    for field, value, back, suffix in [
        ("text_size", "large", "standard", "large"),
        ("language", "en", "zh-hans", "en"),
    ]:
        choose(page, field, value)
        page.screenshot(path=f"{stem}-{suffix}.png", full_page=True)
        choose(page, field, back)


def choose(page, field, value):
    with page.expect_navigation():
        page.click(f"button[name={field}][value='{value}']")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "var/shots")
    target.mkdir(parents=True, exist_ok=True)
    take(target, sys.argv[2] if len(sys.argv) > 2 else "")
