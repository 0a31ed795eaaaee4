"""The account's page and the cities' desk in a browser: nothing that axe finds, nothing over the edge, no script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries.city_by_name import find_or_make_city
from tests.journeys.conftest import served
from tests.journeys.signing_in import sign_in
from tests.journeys.test_looks import LIGHTS, WIDTHS, overflow
from tests.people import COORDINATOR, copied

PLACE = "/admin/cities/mx-leono"


@pytest.fixture
def bank(people_home: Path, home: Path) -> Iterator[Bank]:
    with copied(people_home, Settings(home=home, semantic="off")) as made:
        with made.database.writing() as session:
            find_or_make_city(session, made.vocabulary, "Leono", "MX")
        yield made


def faults(page: Page, name: str) -> list[str]:
    """What axe finds on the page, and whether it runs over the edge."""
    found = [f"{name}: {one['id']}" for one in Axe().run(page).response["violations"]]
    return found + ([f"{name}: over the edge"] if overflow(page) > 0 else [])


def test_axe_finds_nothing_on_the_account_and_the_cities_pages(browser: Browser, bank: Bank) -> None:
    with served(bank) as address:
        found = []
        for width, light in zip(WIDTHS, LIGHTS, strict=True):
            context = browser.new_context(
                base_url=address, color_scheme=light, viewport={"width": width, "height": 900}, bypass_csp=True
            )
            page = context.new_page()
            sign_in(page, COORDINATOR)
            places = ("/account", "/admin/cities", PLACE, f"{PLACE}/merge", f"{PLACE}/merge?into=mx-leon")
            for place in places:
                page.goto(place)
                found += faults(page, place)
            page.goto(PLACE)
            page.locator("#alias").fill("León")
            page.locator("form[action$='/names'] button").click()
            found += faults(page, "a name that is taken")
            context.close()
    assert found == []


def test_without_script_and_by_keyboard_a_token_is_made_and_ended(browser: Browser, bank: Bank) -> None:
    with served(bank) as address:
        context = browser.new_context(base_url=address, locale="es", java_script_enabled=False)
        page = context.new_page()
        sign_in(page, COORDINATOR)
        page.goto("/account")
        page.locator("#token").fill("Importador")
        page.keyboard.press("Enter")
        assert page.locator("code.token").inner_text().startswith("bank_")
        page.locator("form[action='/account/tokens/1/end'] button").press("Enter")
        page.locator("#done").wait_for()
        assert page.locator("form[action='/account/tokens/1/end']").count() == 0
        context.close()
