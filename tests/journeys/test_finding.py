"""From a word to the page that says it: by mouse, by keyboard, without script, in another language."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.web.filling import PLENTY, SENTENCE, Filled


def test_a_sentence_is_found_and_opened_on_its_page(page: Page, made: Filled, address: str) -> None:
    page.goto("/")
    page.locator("#q").fill('"compartir el agua"')
    page.locator("#q").press("Enter")
    expect(page.locator("#total")).to_contain_text("1 ")
    expect(page.locator(".snippet mark").first).to_have_text("compartir el agua")
    original = page.locator(".snippet .where a").nth(1).get_attribute("href")
    assert original == f"/entries/{made.bulletin}/files/1#page=2"
    page.locator(".snippet .where a").first.click()
    expect(page).to_have_url(re.compile(rf"/entries/{made.bulletin}/files/1/pages/2\?q="))
    expect(page.locator(".leaf")).to_contain_text(SENTENCE)
    expect(page.locator(".leaf mark")).to_have_text("compartir el agua")
    answer = page.request.get(f"{address}/entries/{made.bulletin}/files/1")
    assert answer.headers["content-type"] == "application/pdf"
    page.locator("a[rel=next]").first.click()
    expect(page).to_have_url(re.compile("/pages/3"))


def test_searching_and_filtering_need_no_mouse(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("villa ejemplo")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search"))
    before = page.locator("#total").inner_text()
    reach(page, "kind-guide")
    page.keyboard.press("Space")
    expect(page.locator("#total")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("kind=guide"))
    assert page.evaluate("document.activeElement.id") == "kind-guide"
    expect(page.locator("#kind-guide")).to_be_checked()
    reach_link(page, "/entries/")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Guía de museos")


def reach(page: Page, id: str) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == id:
            return
    raise AssertionError(f"Tab never reaches {id}")


def reach_link(page: Page, start: str) -> None:
    """Presses Tab until a link that begins so has the focus, which can be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if str(page.evaluate("document.activeElement.getAttribute('href') || ''")).startswith(start):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab never reaches a link to {start}")


def test_filters_apply_at_once_and_back_takes_them_off(page: Page) -> None:
    page.goto("/search")
    expect(page.locator("#total")).to_contain_text(str(PLENTY + 4))
    page.locator("#theme-cultura").check()
    expect(page.locator("#total")).to_contain_text("1 ")
    expect(page.locator(".chip")).to_have_count(1)
    page.locator("#theme-medio-ambiente").check()
    expect(page.locator("#total")).to_contain_text(str(PLENTY + 1))
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator("#total")).to_contain_text(str(PLENTY + 4))


def test_proposals_are_chosen_with_the_arrows(page: Page) -> None:
    page.goto("/")
    box = page.locator("#q")
    box.press_sequentially("partic", delay=20)
    option = page.locator("[role=option]").first
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    value = option.get_attribute("data-value")
    assert value
    box.press("Enter")
    expect(page).to_have_url(re.compile(rf"/search\?(theme|principle)={value}$"))


def test_a_proposed_word_is_searched_for(page: Page) -> None:
    page.goto("/")
    page.locator("#q").press_sequentially("huert", delay=20)
    option = page.locator("[role=option]:not([data-facet])").first
    expect(option).to_be_visible()
    chosen = option.get_attribute("data-text")
    assert chosen
    option.click()
    expect(page).to_have_url(re.compile(r"/search\?q="))
    expect(page.locator("#q")).to_have_value(chosen)


def test_what_is_left_empty_does_not_stand_in_the_address(page: Page, address: str) -> None:
    page.goto("/search")
    page.locator("#q").fill("museos")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(f"{address}/search?q=museos")
    page.locator("[name=year_from]").fill("2019")
    page.locator("[name=year_from]").press("Tab")
    expect(page).to_have_url(f"{address}/search?q=museos&year_from=2019")


def test_escape_closes_the_proposals_and_keeps_the_words(page: Page) -> None:
    page.goto("/")
    box = page.locator("#q")
    box.press_sequentially("partic", delay=20)
    expect(page.locator("[role=listbox]")).to_be_visible()
    box.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(box).to_have_value("partic")


def test_the_language_is_changed_with_a_click_and_stays(page: Page) -> None:
    page.goto("/search?q=museos")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator(".tongues summary").click()
    page.locator(".tongues a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#q")).to_have_value("museos")
    page.goto("/about")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_everything_works_without_script(browser: Browser, address: str, made: Filled) -> None:
    context = browser.new_context(base_url=address, locale="es", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("#q").fill("compartir agua")
    page.locator("main .ask button").click()
    expect(page.locator(".hit")).to_have_count(1)
    page.goto("/search")
    page.locator("#theme-cultura").check()
    page.locator(".apply button").click()
    expect(page).to_have_url(re.compile("theme=cultura"))
    expect(page.locator(".hit")).to_have_count(1)
    page.locator(".hit a").first.click()
    expect(page.locator("h1")).to_have_text("Guía de museos")
    context.close()


def test_filters_are_folded_on_a_telephone_and_open_without_script(browser: Browser, address: str) -> None:
    viewport = {"width": 390, "height": 800}
    context = browser.new_context(base_url=address, locale="es", java_script_enabled=False, viewport=viewport)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/search")
    expect(page.locator("#theme-cultura")).to_be_hidden()
    page.locator("#filters > summary").click()
    expect(page.locator("#theme-cultura")).to_be_visible()
    context.close()


def test_the_open_filters_of_a_telephone_lead_to_what_they_found(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="es", viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("/search")
    page.locator("#filters > summary").click()
    expect(page.locator(".see a")).to_be_in_viewport()
    page.locator("#kind-guide").check()
    expect(page.locator(".see a")).to_have_text("Ver 1 ficha")
    page.locator(".see a").click()
    expect(page.locator("#kind-guide")).to_be_hidden()
    expect(page.locator(".hit")).to_be_in_viewport()
    expect(page).to_have_url(f"{address}/search?kind=guide#total")
    context.close()
