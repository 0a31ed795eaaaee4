"""Every page in every role: nothing that axe finds, nothing over the edge, nothing that jumps or moves unasked."""

import re
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize
from sqlalchemy import update

from bank.catalogue.tables import Page as PageRow
from bank.settings import Settings
from tests.journeys.conftest import Place, served
from tests.journeys.test_looks import overflow
from tests.web.every_page import ROLES, Screen, screens
from tests.web.network import network

NARROW: ViewportSize = {"width": 320, "height": 800}
ZOOMED: ViewportSize = {"width": 640, "height": 450}
"""What a window of 1280 by 900 has at a zoom of 200 %."""
OTHERS = ("en", "pt")
SAMPLED = 6
"""Of so many pages one is looked at in the other languages too."""
CONTRAST: dict[str, object] = {"runOnly": ["color-contrast"]}
SHIFTS = """() => new Promise((done) => {
  const found = [], place = (box) => [box.x, box.y, box.width, box.height].map(Math.round);
  const name = (node) => node?.parentElement?.outerHTML?.slice(0, 90);
  const told = (one) => [name(one.node), place(one.previousRect), place(one.currentRect)];
  const watch = new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) found.push([one.value, one.sources.map(told)]);
  });
  watch.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(found), 100));
})"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || style.scrollBehavior === "smooth"
    || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Place]:
    with network(Settings(home=tmp_path_factory.mktemp("pages") / "bank")) as net, served(net.bank) as address:
        yield Place(net, address, browser)


@pytest.fixture(scope="module")
def listed(place: Place) -> list[Screen]:
    return list(screens(place.net))


def opened(place: Place, who: str) -> BrowserContext:
    if who != "visitor":
        return place.context(who)
    return place.browser.new_context(base_url=place.address, locale="es", bypass_csp=True)


def faults(page: Page, axe: Axe, where: str, options: dict[str, object] | None = None) -> list[str]:
    found = axe.run(page, options=options).response["violations"]
    return [f"{where}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_any_page_of_any_role_at_320_pixels_in_light_and_dark(
    place: Place, listed: list[Screen], role: str
) -> None:
    axe, found = Axe(), list[str]()
    for who in ("editor", "stranger") if role == "editor" else (role,):
        context = opened(place, who)
        page = context.new_page()
        for number, screen in enumerate(one for one in listed if one.who == who):
            for language in ("es", *OTHERS) if number % SAMPLED == 0 else ("es",):
                mark = "&" if "?" in screen.address else "?"
                page.emulate_media(color_scheme="light")
                page.set_viewport_size(NARROW)
                page.goto(f"{screen.address}{mark}lang={language}")
                where = f"{who} {language} {page.url}"
                found += faults(page, axe, where)
                found += [f"{where}: over the edge by {overflow(page)}"] if overflow(page) else []
            page.emulate_media(color_scheme="dark")
            found += faults(page, axe, f"{who} {page.url} dark", CONTRAST)
            page.set_viewport_size(ZOOMED)
            found += [f"{who} {page.url}: over the edge at 200 %"] if overflow(page) else []
        context.close()
    assert found == []


def test_a_long_text_beside_a_drawn_page_is_scrolled_with_the_keyboard(place: Place) -> None:
    shown, own = place.net.entries["published"], place.net.entries["draft"]
    with place.net.bank.database.writing() as session:
        session.execute(update(PageRow).where(PageRow.number == 2).values(text="Una línea del texto\n" * 300))
    found, axe = list[str](), Axe()
    for who, address in (("visitor", f"/entries/{shown}/pages/2"), ("editor", f"/deposits/{own}/files/1/pages/2")):
        context = opened(place, who)
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        leaf = page.locator(".leaf")
        assert leaf.evaluate("leaf => leaf.scrollHeight > leaf.clientHeight"), address
        found += faults(page, axe, address)
        context.close()
    assert found == []


def test_the_open_menu_of_a_telephone_is_accessible_in_light_and_dark(place: Place) -> None:
    axe, found = Axe(), list[str]()
    for who in ("visitor", "admin"):
        context = opened(place, who)
        page = context.new_page()
        page.set_viewport_size(NARROW)
        page.goto("/about")
        page.locator(".menu > summary").click()
        found += faults(page, axe, who)
        page.emulate_media(color_scheme="dark")
        found += faults(page, axe, f"{who} dark", CONTRAST)
        assert overflow(page) == 0, who
        context.close()
    assert found == []


def come_late(route: Route) -> None:
    """A script or picture that comes after the page was painted, as over a slow line."""
    time.sleep(0.15)
    route.continue_()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_on_a_page_that_people_read(place: Place, listed: list[Screen], width: int) -> None:
    context = place.browser.new_context(base_url=place.address, locale="es", viewport={"width": width, "height": 900})
    context.route(re.compile(r"\.m?js$|/thumbnail|/image|/small"), come_late)
    page, jumped = context.new_page(), {}
    for screen in listed:
        if screen.reading:
            page.goto(screen.address)
            moved = page.evaluate(SHIFTS)
            if moved:
                jumped[screen.address] = moved
    context.close()
    assert jumped == {}


def test_nothing_moves_for_whoever_wants_less_motion(place: Place, listed: list[Screen]) -> None:
    moving = {}
    for who in ROLES:
        context = opened(place, who)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        for screen in [one for one in listed if one.who == who][::3]:
            page.goto(screen.address)
            if found := page.evaluate(MOVING):
                moving[screen.address] = found
        context.close()
    assert moving == {}
