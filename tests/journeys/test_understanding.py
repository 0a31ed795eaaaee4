"""A problem described in a paragraph, an entry like another, a slip of the finger: by keyboard, wide and narrow."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import served
from tests.journeys.test_finding import reach_link
from tests.journeys.test_looks import LIGHTS, overflow
from tests.understanding import PROBLEM, understanding


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, int]]]:
    """Where a bank with vectors answers, and its entries' numbers by name."""
    folder = tmp_path_factory.mktemp("understanding")
    with understanding(folder / "bank", folder / "files") as (bank, numbers), served(bank) as address:
        yield address, numbers


@pytest.fixture
def page(browser: Browser, known: tuple[str, dict[str, int]]) -> Iterator[Page]:
    context = browser.new_context(base_url=known[0], locale="en", viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def test_who_describes_a_problem_finds_who_has_solved_it(page: Page) -> None:
    page.goto("/")
    page.locator(".describe summary").press("Enter")
    page.locator("#problem").fill(PROBLEM)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#found .note")).to_have_text("You described a problem: these entries are nearest to it.")
    expect(page.locator("textarea#q")).to_have_value(PROBLEM)
    expect(page.locator(".hit h2").first).to_have_text(re.compile("Older people|Personas mayores|Avós"))


def test_similar_entries_are_reached_with_the_keyboard(page: Page, known: tuple[str, dict[str, int]]) -> None:
    page.goto(f"/entries/{known[1]['inundaciones']}")
    expect(page.locator("#similar")).to_be_visible()
    reach_link(page, f"/entries/{known[1]['inondations']}")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Le quartier face aux inondations")


def test_a_filter_keeps_the_words_as_they_stand_and_other_words_do_not(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/search?q=escolas&verbatim=1")
    page.locator("#kind-experience").check()
    expect(page).to_have_url(re.compile(r"q=escolas&kind=experience&verbatim=1$|q=escolas.*verbatim=1"))
    page.locator("#q").fill("huertsos")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(re.compile(r"q=huertsos"))
    assert "verbatim" not in page.url
    expect(page.locator("#found .note")).to_contain_text("These are the ones for “huertos”.")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", LIGHTS)
def test_axe_finds_nothing_where_meaning_speaks(
    browser: Browser, known: tuple[str, dict[str, int]], width: int, scheme: Literal["light", "dark"]
) -> None:
    address, numbers = known
    context = browser.new_context(
        base_url=address, locale="en", color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page, found = context.new_page(), []
    for place in (f"/entries/{numbers['huertos']}", "/search?q=pupils+grow+vegetables", "/search?q=huertsos", "/"):
        page.goto(place)
        for one in page.locator("details.describe").all():
            one.locator("summary").click()
        violations = Axe().run(page).response["violations"]
        found += [f"{place}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
        found += [f"{place}: over the edge"] if overflow(page) > 0 else []
    context.close()
    assert found == []
