"""How people of the tests sign in on the pages."""

from playwright.sync_api import Page

from tests.people import PASSWORD


def sign_in(page: Page, email: str) -> None:
    """Signs in on the page of signing in, and waits until that is done."""
    page.goto("/login")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.locator(".who").wait_for(state="attached")
