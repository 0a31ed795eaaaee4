"""From a word to the page that says it: by mouse, by keyboard, without script, in another language."""

import re

from playwright.sync_api import Browser, Page, Route, expect

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


def test_a_span_of_years_is_dragged_across_the_bars(page: Page, address: str) -> None:
    page.goto("/search")
    before = page.locator("#total").inner_text()
    page.locator("#facet-year").scroll_into_view_if_needed()
    first, last = page.locator("#bar-2012 .reach").bounding_box(), page.locator("#bar-2014 .reach").bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 30)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 30, steps=4)
    expect(page.locator("#spanning")).to_have_text("2012–2014")
    page.mouse.up()
    expect(page).to_have_url(f"{address}/search?year_from=2012&year_to=2014")
    expect(page.locator("#total")).not_to_have_text(before)
    expect(page.locator(".bar.chosen")).to_have_count(3)
    expect(page.locator("[name=year_to]")).to_have_value("2014")
    page.locator("#clear-year").click()
    expect(page.locator("#total")).to_have_text(before)
    expect(page.locator("#total")).to_be_focused()


def test_a_span_of_years_is_chosen_with_the_keyboard_and_its_bar_keeps_the_focus(page: Page, address: str) -> None:
    page.goto("/search")
    assert page.locator("a.bar[tabindex='0']").count() == 1
    page.locator("#bar-2010").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#bar-2011")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#spanning")).to_have_text("2011–2013")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search?year_from=2011&year_to=2013")
    expect(page.locator("#bar-2013")).to_be_focused()
    expect(page.locator("a.bar[tabindex='0']")).to_have_id("bar-2013")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search?year_from=2013&year_to=2013")


def test_a_bar_is_a_link_to_its_year_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="es", java_script_enabled=False)
    page = context.new_page()
    page.goto("/search")
    page.locator("#bar-2012 .reach").click()
    expect(page).to_have_url(f"{address}/search?year_from=2012&year_to=2012")
    expect(page.locator(".picked")).to_contain_text("Elegido: 2012")
    page.locator("#sort").select_option("title")
    page.locator(".sorts button").click()
    expect(page).to_have_url(re.compile("sort=title"))
    context.close()


def test_a_long_facet_is_sifted_and_stays_so_when_a_value_is_chosen(page: Page) -> None:
    page.goto("/search")
    page.locator("#sift-principle").fill("participacion")
    shown = page.locator("#facet-principle .option:visible")
    expect(shown).to_have_count(1)
    box = shown.locator("input")
    where = box.bounding_box()
    box.check()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#sift-principle")).to_have_value("participacion")
    expect(shown).to_have_count(1)
    assert where
    expect(box).to_be_focused()
    now = box.bounding_box()
    assert now
    assert abs(now["y"] - where["y"]) < 2
    page.locator("#sift-principle").fill("zzz")
    expect(page.locator("#facet-principle [role=status]")).to_contain_text("Nada en esta lista")


def test_the_order_is_changed_where_one_stands_and_the_languages_follow(page: Page, address: str) -> None:
    page.goto("/search")
    page.locator("#sort").select_option("title")
    expect(page).to_have_url(f"{address}/search?sort=title")
    expect(page.locator("#sort")).to_have_value("title")
    expect(page.locator(".hit h2").first).to_have_text("Boletín de Villa Ejemplo")
    expect(page.locator(".head a[hreflang=en]")).to_have_attribute("href", "/search?sort=title&lang=en")
    page.go_back()
    expect(page.locator("#sort")).to_have_value("")


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


def test_years_are_typed_one_after_the_other(page: Page, address: str) -> None:
    page.goto("/search")
    waiting: list[Route] = []
    page.route("**/search?*", lambda route: waiting.append(route), times=1)
    page.locator("#year_from").press_sequentially("2012")
    page.keyboard.press("Tab")
    page.keyboard.type("2014")
    while not waiting:
        page.wait_for_timeout(20)
    waiting.pop(0).continue_()
    expect(page.locator(".picked")).to_contain_text("2012")
    expect(page.locator("#year_to")).to_be_focused()
    expect(page.locator("#year_to")).to_have_value("2014")
    page.keyboard.press("Tab")
    expect(page).to_have_url(f"{address}/search?year_from=2012&year_to=2014")
    expect(page.locator(".picked")).to_contain_text("2012–2014")


def test_letters_typed_in_a_long_list_stay_while_the_page_changes(page: Page) -> None:
    page.goto("/search")
    waiting: list[Route] = []
    page.route("**/search?*", lambda route: waiting.append(route), times=1)
    page.locator("#theme-medio-ambiente").check()
    page.locator("#sift-principle").press_sequentially("partic")
    page.keyboard.press("ArrowLeft")
    while not waiting:
        page.wait_for_timeout(20)
    waiting.pop(0).continue_()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#sift-principle")).to_be_focused()
    page.keyboard.type("x")
    expect(page.locator("#sift-principle")).to_have_value("partixc")


def test_a_span_of_years_is_forgotten_when_the_focus_leaves_the_chart(page: Page, address: str) -> None:
    page.goto("/search")
    page.locator("#bar-2010").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#spanning")).to_have_text("2010–2011")
    page.locator("#year_from").focus()
    expect(page.locator("#spanning")).to_have_text("")
    page.locator("#bar-2013").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search?year_from=2013&year_to=2013")


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


def test_a_citation_is_copied_with_a_button_and_told(browser: Browser, address: str, made: Filled) -> None:
    context = browser.new_context(base_url=address, locale="es")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"/entries/{made.bulletin}")
    page.locator("[data-copy=citation]").click()
    expect(page.locator("[data-copy=citation] + [role=status]")).to_have_text("Copiado")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == " ".join(page.locator("#citation").inner_text().split())
    assert copied.endswith(f"/entries/{made.bulletin}")
    context.close()


def test_a_bar_of_the_first_page_leads_to_its_principle(page: Page) -> None:
    page.goto("/")
    bar = page.locator(".skyline a[href='/principles/4']")
    bar.focus()
    expect(bar.locator("text")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Principio 4")


def test_on_a_telephone_the_chart_of_principles_is_a_list(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="es", viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("/")
    expect(page.locator(".skyline")).to_be_hidden()
    expect(page.locator(".section a[href='/principles/4'] .tally")).to_be_visible()
    context.close()
