"""Every kind of page, light and dark, wide and narrow: nothing that axe finds, nothing that runs over the edge."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.filling import Filled
from tests.web.pages.public.test_pages import addresses

LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1280, 390)


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("light", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, address: str, made: Filled, light: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(
        base_url=address, locale="es", color_scheme=light, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page, axe = context.new_page(), Axe()
    found = []
    for place in [*addresses(made), "/nowhere", "/search?sort=x"]:
        page.goto(place)
        if place == "/search" and width < 600:
            page.locator("#filters > summary").click()
        violations = axe.run(page).response["violations"]
        found += [f"{place}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2200])
def test_no_page_runs_over_the_edge(browser: Browser, address: str, made: Filled, width: int) -> None:
    context = browser.new_context(base_url=address, locale="es", viewport={"width": width, "height": 800})
    page = context.new_page()
    over = {}
    for place in [*addresses(made), "/nowhere"]:
        page.goto(place)
        if overflow(page) > 0:
            over[place] = overflow(page)
    context.close()
    assert over == {}


def test_text_of_double_size_runs_over_no_edge_of_a_telephone(browser: Browser, address: str, made: Filled) -> None:
    context = browser.new_context(base_url=address, locale="es", viewport={"width": 390, "height": 800})
    page = context.new_page()
    over = {}
    for place in [*addresses(made), "/nowhere"]:
        page.goto(place)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if overflow(page) > 0:
            over[place] = overflow(page)
    context.close()
    assert over == {}


def test_no_page_breaks_a_rule_of_its_own_content_policy(browser: Browser, address: str, made: Filled) -> None:
    context = browser.new_context(base_url=address, locale="es")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for place in addresses(made):
        page.goto(place)
    context.close()
    assert said == []
