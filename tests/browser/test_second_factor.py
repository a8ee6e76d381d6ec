"""T20, T23: a passkey is made and used, an export asks again, and no word is lost when the session ends."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.migrated import copy_to

from .conftest import PASSWORD, ROOT, manage, served
from .moves import follow, type_in

WORLD = "tests.browser.keys_world"


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A site where the second factor is required, by its name: browsers give no passkeys to bare numbers."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "STUDIO_ENV"}},
        "STUDIO_VAR": str(tmp_path_factory.mktemp("strict")),
        "STUDIO_ENV": "embedded",
        "SECOND_FACTOR": "required",
        "SECRET_KEY": "browser-tests-" + "k3y" * 20,
    }
    copy_to(Path(environment["STUDIO_VAR"]) / "studio.sqlite3")
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")

    def run(call: str) -> str:
        code = f"from {WORLD} import *; {call}"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    run("make()")
    with served(environment, host="localhost") as address:
        yield SimpleNamespace(address=address, run=run)


@pytest.fixture
def finger(page):
    """A telephone with a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    options |= {"automaticPresenceSimulation": True}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda: session.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]


def give_password(page):
    type_in(page, "long", PASSWORD)


def test_a_passkey_opens_asks_again_and_loses_nothing(page, strict, finger, sound):
    # The first time: nothing opens until a key is set up.
    page.goto(f"{strict.address}/accounts/login/")
    give_password(page)
    expect(page.locator("h1")).to_have_text("第二道验证")
    sound()
    page.goto(f"{strict.address}/people/")
    expect(page).to_have_url(f"{strict.address}/accounts/second-factor/")
    follow(page, "text=登记这台设备")
    sound()
    page.fill("#id_name", "我的手机")
    follow(page, "[data-passkey-ask]")
    expect(page.locator(".recovery li")).to_have_count(10)
    assert len(finger()) == 1
    sound()

    # Out and in again with it.
    page.goto(f"{strict.address}/accounts/me/")
    follow(page, "[data-sign-out] button")
    page.goto(f"{strict.address}/accounts/login/?next=/people/")
    give_password(page)
    expect(page.locator("h1")).to_have_text("龙飞，还差一步")
    sound()
    follow(page, "[data-passkey-ask]")
    expect(page).to_have_url(f"{strict.address}/people/")

    # Eleven minutes later an export asks again, and then comes.
    strict.run("pass_time(660)")
    page.goto(f"{strict.address}/people/export/")
    expect(page.locator("h1")).to_have_text("请再确认一下是您")
    sound()
    with page.expect_download() as caught:
        page.click("[data-passkey-ask]")
    assert caught.value.suggested_filename.endswith(".xlsx")

    # Two minutes before the end the page says so; a tap goes on.
    page.clock.install()
    follow_edit(page, strict)
    text = "写" * 1000 + "\n" + "字" * 999
    page.fill("#id_note", text)
    strict.run("pass_time(1700)")
    bar = page.locator("[data-session]")
    page.clock.fast_forward(1_700_000)
    expect(bar).to_be_visible()
    expect(bar.locator("p")).to_contain_text("再过两分钟会自动退出")
    sound()
    page.click("[data-session-stay]")
    expect(bar).to_be_hidden()

    # And when nobody taps, what was typed comes back after signing in.
    page.fill("#id_note", text)
    strict.run("pass_time(1900)")
    page.locator(
        "#main form.sheet button.btn-primary[type=submit], #main form button.btn-primary[type=submit]"
    ).first.click()
    expect(page.locator(".alert")).to_contain_text("您刚才填的还在")
    sound()
    give_password(page)
    follow(page, "[data-passkey-ask]")
    expect(page.locator("h1")).to_have_text("您刚才填的还在")
    sound()
    follow(page, "#main form button[type=submit]")
    assert strict.run("notes()").replace("\r\n", "\n") == text


def follow_edit(page, strict):
    page.goto(f"{strict.address}/people/")
    follow(page, page.get_by_role("link", name="何嘉怡").first)
    follow(page, page.locator("a[href$='/edit/']").first)
