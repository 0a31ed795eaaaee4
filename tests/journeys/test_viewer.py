"""Reading a page as it is: with the keyboard, without script, on a telephone, when the drawing does not come."""

import re

from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select, update

from bank.catalogue.tables import File
from bank.catalogue.tables import Page as PageRow
from tests.journeys.test_looks import overflow
from tests.web.filling import Filled


def at(made: Filled, page: int, rest: str = "") -> str:
    return f"/entries/{made.bulletin}/files/1/pages/{page}{rest}"


def test_a_hit_is_seen_on_its_drawn_page(page: Page, made: Filled) -> None:
    page.goto("/search?q=agua")
    page.locator(".hit").filter(has_text="Boletín").locator(".snippet .where a").first.click()
    picture = page.locator(".drawn img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    mark, sheet = page.locator(".marks rect").bounding_box(), picture.bounding_box()
    assert mark is not None
    assert sheet is not None
    assert sheet["x"] + sheet["width"] / 2 < mark["x"] < sheet["x"] + sheet["width"]
    share = (mark["y"] - sheet["y"]) / sheet["height"]
    assert 0.10 < share < 0.13, "on the second line of the page"
    expect(page.locator(".leaf mark")).to_have_text("agua")


def test_pages_turn_words_are_found_and_the_page_grows_by_keys(page: Page, made: Filled) -> None:
    page.goto(at(made, 2, "?q=familias+murales"))
    page.keyboard.press("n")
    expect(page.locator(".marks .now")).to_have_count(1)
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"/pages/3\?q=familias\+murales#first"))
    expect(page.locator(".marks .now")).to_have_count(1)
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(r"/pages/2\?q=familias\+murales#last"))
    page.keyboard.press("+")
    expect(page.locator(".sheet")).to_have_class("sheet zoom-100")
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("zoom=150"))
    expect(page.locator(".drawn img")).to_have_attribute("src", re.compile("width=1350"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("/pages/3.*zoom=150"))
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile("/pages/2"))


def test_keys_are_letters_where_somebody_writes_and_can_be_turned_off(page: Page, made: Filled) -> None:
    page.goto(at(made, 2))
    page.locator(".head input[type=search]").press_sequentially("jkn")
    expect(page).to_have_url(re.compile("/pages/2$"))
    page.locator("[data-keys]").uncheck()
    page.keyboard.press("j")
    page.reload()
    expect(page.locator("[data-keys]")).not_to_be_checked()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("/pages/2$"))
    page.locator("[data-keys]").check()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("/pages/3$"))


def test_everything_is_reached_without_script(browser: Browser, address: str, made: Filled) -> None:
    context = browser.new_context(
        base_url=address, locale="es", java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(at(made, 2, "?q=familias+murales"))
    expect(page.locator(".leaf mark")).to_have_text("familias")
    expect(page.locator(".leaf")).to_be_visible()
    assert page.locator(".marks rect").count() == 1
    expect(page.locator(".keys")).to_be_hidden()
    page.locator(".zooms a").nth(3).click()
    expect(page.locator(".sheet")).to_have_class("sheet zoom-200")
    assert page.locator(".drawn").evaluate("drawn => drawn.clientWidth") == 1800
    page.locator('[data-hit="after"]').click()
    expect(page).to_have_url(re.compile("/pages/3.*zoom=200"))
    page.locator(".small-pages a").first.click()
    expect(page).to_have_url(re.compile("/pages/1"))
    context.close()


def test_on_a_telephone_the_page_comes_first_and_its_text_is_opened(
    browser: Browser, address: str, made: Filled
) -> None:
    context = browser.new_context(base_url=address, locale="es", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(at(made, 2, "?q=agua"))
    drawn, fold = page.locator(".drawn").bounding_box(), page.locator(".leaf-fold summary").bounding_box()
    assert drawn is not None
    assert fold is not None
    assert drawn["y"] < 844 * 0.45
    assert drawn["y"] + drawn["height"] < fold["y"]
    expect(page.locator(".leaf")).to_be_hidden()
    page.locator(".leaf-fold summary").click()
    expect(page.locator(".leaf mark")).to_have_text("agua")
    context.close()


def test_the_keys_stop_on_the_page_arrived_at_where_nothing_is_marked(page: Page, made: Filled) -> None:
    with made.bank.database.writing() as session:
        file = session.scalars(select(File.id).where(File.entry_id == made.bulletin)).one()
        third = session.get_one(PageRow, (file, 3))
        kept, third.text = third.text, "Unas familias que nadie ha dibujado"
    try:
        page.goto(at(made, 2, "?q=familias"))
        page.keyboard.press("n")
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile("/pages/3.*#first"))
        expect(page.locator(".leaf mark")).to_have_text("familias")
        page.wait_for_load_state("load")
        assert page.locator(".marks").count() == 0
        page.keyboard.press("p")
        expect(page).to_have_url(re.compile("/pages/2.*#last"))
        page.goto(at(made, 1, "?q=familias#first"))
        page.wait_for_load_state("load")
        expect(page).to_have_url(re.compile("/pages/1"))
    finally:
        with made.bank.database.writing() as session:
            session.get_one(PageRow, (file, 3)).text = kept


def test_a_drawing_that_comes_late_is_shown(page: Page, made: Filled) -> None:
    answers = [429, 429]

    def answer(route: Route) -> None:
        if answers:
            route.fulfill(status=answers.pop(), body="")
        else:
            route.continue_()

    page.route("**/image?*", answer)
    page.goto(at(made, 2))
    expect(page.locator("[data-not-come]")).to_be_visible()
    expect(page.locator("[data-not-drawn]")).to_be_hidden()
    expect(page.locator(".sheet")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-not-come]")).to_be_hidden()


def test_another_size_is_another_try(page: Page, made: Filled) -> None:
    page.route("**/image?*width=900", lambda route: route.fulfill(status=404, body=""))
    page.route("**/image?*width=1350", lambda route: route.continue_())
    page.goto(at(made, 2, "?zoom=100"))
    expect(page.locator("[data-not-drawn]")).to_be_visible()
    page.locator("[data-zoom='150']").click()
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator("[data-not-drawn]")).to_be_hidden()


def test_where_nothing_may_be_remembered_the_keys_work(page: Page, made: Filled) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })")
    page.goto(at(made, 2))
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("/pages/3"))


def test_a_page_without_its_drawing_is_printed_with_its_text(page: Page, made: Filled) -> None:
    page.goto(at(made, 2))
    page.emulate_media(media="print")
    expect(page.locator(".leaf")).to_be_hidden()
    page.emulate_media(media="screen")
    page.route("**/image?*", lambda route: route.fulfill(status=404, body=""))
    page.goto(at(made, 2))
    expect(page.locator("[data-not-drawn]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".leaf")).to_be_visible()


def test_a_drawing_that_does_not_come_is_told_and_the_text_is_there(page: Page, made: Filled) -> None:
    page.route("**/image?*", lambda route: route.abort())
    page.goto(at(made, 2))
    expect(page.locator("[data-not-come]")).to_be_visible()
    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".leaf")).to_be_visible()


def test_a_long_name_runs_over_no_edge(browser: Browser, address: str, made: Filled) -> None:
    long = "Carta_de_una_ciudad_" * 4
    with made.bank.database.writing() as session:
        file = session.scalars(select(File).where(File.entry_id == made.bulletin)).one()
        kept, file.name = file.name, f"{long}.pdf"
    try:
        for width in (390, 320):
            context = browser.new_context(base_url=address, locale="es", viewport={"width": width, "height": 800})
            page = context.new_page()
            for place in (f"/entries/{made.bulletin}", at(made, 2), at(made, 2, "?q=agua"), "/search?q=compartir"):
                page.goto(place)
                assert overflow(page) == 0, (place, width)
            context.close()
    finally:
        with made.bank.database.writing() as session:
            session.execute(update(File).where(File.entry_id == made.bulletin).values(name=kept))
