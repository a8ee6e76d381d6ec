"""What a hand does in the browser, with the waiting that belongs to it."""

from playwright.sync_api import Locator, Page


def follow(page: Page, target: str | Locator) -> None:
    """Clicks what leads to another page, and waits until that page stands.

    To click and then ask for the load state is a race: the old page may answer that it is loaded.
    """
    with page.expect_navigation():
        (page.locator(target) if isinstance(target, str) else target).click()


def type_in(page: Page, username: str, password: str) -> None:
    """Types both on the sign-in page, where `page` is, and presses the button."""
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    follow(page, "main button[type=submit].btn-primary")
