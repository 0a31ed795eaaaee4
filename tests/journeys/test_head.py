"""The head of every page: one row for reading, a slim one for work; on a telephone one row and a menu."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bank.settings import Settings
from tests.journeys.conftest import Place, served
from tests.web.network import network

LONG_NETWORK = "Red Iberoamericana y del Caribe de Ciudades, Pueblos y Comarcas Educadoras, Solidarias y Despiertas"
WHO = ("visitor", "editor", "coordinator", "admin")
WIDE, NARROW = (1024, 1280, 1920), (768, 390, 320)
TALLEST = {"visitor": 64, "other": 110}
"""Pixels of a head with one row, and of one with the second, slim row."""
SLIM = 44
MEASURE = """() => {
  const shown = (one) => one.checkVisibility({ contentVisibilityAuto: true });
  const middle = (one) => { const box = one.getBoundingClientRect(); return Math.round(box.top + box.height / 2); };
  const middles = (where) => [...document.querySelectorAll(where)].filter(shown).map(middle);
  return {
    height: document.querySelector(".head").getBoundingClientRect().height,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    reading: middles(".brand, .small-ask, .find, .menu > summary, .main a, .tongues summary, .enter"),
    work: middles(".work a, .work button"),
    slim: document.querySelector(".work")?.getBoundingClientRect().height ?? 0,
  };
}"""


@pytest.fixture
def place(settings: Settings, browser: Browser) -> Iterator[Place]:
    """A network with a long name."""
    named = settings.model_copy(update={"network_name": LONG_NETWORK})
    with network(named, populated=False) as net, served(net.bank) as address:
        yield Place(net, address, browser)


def opened(place: Place, who: str, width: int, *, script: bool = True) -> BrowserContext:
    context = place.browser.new_context(
        base_url=place.address, locale="es", viewport={"width": width, "height": 800}, java_script_enabled=script
    )
    if who != "visitor":
        context.add_cookies([{"name": "session", "value": place.net.stays[who], "url": place.address}])
    return context


def one_row(middles: list[int]) -> bool:
    return max(middles) - min(middles) <= 4


@pytest.mark.parametrize("who", WHO)
def test_the_head_is_one_row_for_reading_and_a_slim_one_for_work(place: Place, who: str) -> None:
    context = opened(place, who, 1280)
    page = context.new_page()
    for address in ("/about?lang=es", "/about?lang=en", "/about?lang=pt", "/search?lang=es"):
        page.goto(address)
        for width in (*WIDE, *NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            head = page.evaluate(MEASURE)
            said = (address, width, head)
            assert head["over"] == 0, said
            assert one_row(head["reading"]), said
            if who == "visitor" or width in NARROW:
                assert head["height"] <= TALLEST["visitor"], said
                assert head["work"] == [], said
            else:
                assert head["height"] <= TALLEST["other"], said
                assert one_row(head["work"]), said
                assert head["slim"] <= SLIM, said
    context.close()


def test_text_of_double_size_turns_the_head_into_a_menu(place: Place) -> None:
    context = opened(place, "admin", 1280)
    page = context.new_page()
    page.goto("/about")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    head = page.evaluate(MEASURE)
    assert head["over"] == 0
    assert one_row(head["reading"]), head
    assert head["work"] == []
    expect(page.locator(".menu > summary")).to_be_visible()
    context.close()


@pytest.mark.parametrize("who", WHO)
def test_no_two_links_of_the_head_have_the_same_name(place: Place, who: str) -> None:
    context = opened(place, who, 1280)
    page = context.new_page()
    page.goto("/about")
    names = [name.strip() for name in page.locator(".head :is(.main, .work) a").all_inner_texts()]
    assert len(names) == len(set(names)) >= 5
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_a_telephone_the_menu_holds_ways_languages_and_account(place: Place, script: bool) -> None:
    context = opened(place, "editor", 390, script=script)
    page = context.new_page()
    page.goto("/about")
    head = page.get_by_role("banner")
    ways = head.get_by_role("link", name="Principios")
    expect(ways).to_be_hidden()
    page.locator(".menu > summary").click()
    for name in ("Mis envíos", "Registrar", "editor", "English"):
        expect(head.get_by_role("link", name=name)).to_be_visible()
    expect(head.get_by_role("button", name="Salir")).to_be_visible()
    ways.click()
    expect(page).to_have_url(f"{place.address}/principles")
    page.locator(".menu > summary").click()
    head.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_a_menu_closes_with_escape_outside_it_and_when_the_keyboard_leaves(place: Place) -> None:
    context = opened(place, "visitor", 390)
    page = context.new_page()
    page.goto("/about")
    closes(page, ".menu")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/about")
    closes(page, ".tongues details")
    context.close()


def closes(page: Page, menu: str) -> None:
    summary = page.locator(f"{menu} > summary")
    links = page.locator(f"{menu} a:visible")
    summary.press("Enter")
    expect(links.first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(f"{menu}[open]")).to_have_count(0)
    expect(summary).to_be_focused()
    summary.click()
    page.mouse.click(200, 700)
    expect(page.locator(f"{menu}[open]")).to_have_count(0)
    summary.click()
    page.locator("footer a").last.focus()
    expect(page.locator(f"{menu}[open]")).to_have_count(0)
