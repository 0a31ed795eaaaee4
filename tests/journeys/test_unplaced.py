"""What a file gives that no field takes is put into a field by one press, by mouse, by keyboard and without script."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Place
from tests.journeys.depositing import control, saved, unfold, write
from tests.journeys.test_looks import overflow
from tests.workflow.deposits.test_unplaced import FORM

TOLD = "Lecciones aprendidas: Hace falta un comité de riego."


def opened(place: Place, width: int = 1280) -> tuple[Page, int]:
    number = place.net.desk.begun(FORM)
    page = place.context("editor", width).new_page()
    page.goto(f"/deposits/{number}")
    page.click("#standing a[href='#f-unplaced']")
    return page, number


def test_one_press_puts_it_after_what_was_just_typed_and_another_takes_it_back(still: Place) -> None:
    page, number = opened(still)
    write(page, "evaluation.es", "Escrito a mano.")
    page.click("#unplaced [name=place] >> nth=0")
    expect(page.locator(control(page, "evaluation.es"))).to_have_value(f"Escrito a mano.\n\n{TOLD}")
    expect(page.locator("#unplaced [name=place]")).to_have_count(1)
    expect(page.locator("#unplaced [name=place]")).to_be_focused()
    page.click("#unplaced .settled summary")
    page.click("#unplaced [name=back]")
    expect(page.locator(control(page, "evaluation.es"))).to_have_value("Escrito a mano.")
    expect(page.locator("#unplaced [name=place]")).to_have_count(2)
    saved(page)
    page.reload()
    expect(page.locator("#unplaced [name=place]")).to_have_count(2)
    assert still.net.desk.view(number).values["evaluation"] == {"es": "Escrito a mano."}


def test_the_keyboard_alone_chooses_a_field_and_puts_it_there(still: Place) -> None:
    page, number = opened(still, 390)
    page.locator("#unplaced select").first.focus()
    page.locator("#unplaced select").first.select_option("results")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(control(page, "results.es"))).to_have_value(TOLD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#unplaced [name=place]")).to_have_count(0)
    assert [one.into for one in still.net.desk.view(number).settled] == ["results", ""]


def test_without_script_it_is_put_there_too(still: Place) -> None:
    number = still.net.desk.begun(FORM)
    context = still.browser.new_context(base_url=still.address, locale="es-MX", java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": still.net.stays["editor"], "url": still.address}])
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    page.click("#unplaced > details > summary")
    page.click("#unplaced [name=place] >> nth=0")
    expect(page.locator("#unplaced [name=place]")).to_have_count(1)
    assert still.net.desk.view(number).values["evaluation"] == {"es": f"Una encuesta.\n\n{TOLD}"}


@pytest.mark.parametrize(("width", "light"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    still: Place, width: int, light: Literal["light", "dark"]
) -> None:
    sections = {f"Etiqueta {'muy' * 20} larga": "palabra" * 40, "Otra cosa": "Frases y frases. " * 40}
    sections |= {f"Dato {place}": "Uno" for place in "ABCDEF"}
    long = FORM + "".join(f"\n## {label}\n\n{text}\n" for label, text in sections.items())
    number = still.net.desk.begun(long)
    page = still.context("editor", width).new_page()
    page.emulate_media(color_scheme=light)
    page.goto(f"/deposits/{number}")
    page.click("#unplaced > details > summary")
    page.click("#unplaced [name=place] >> nth=0")
    expect(page.locator("#unplaced .settled")).to_have_count(1)
    page.click("#unplaced .settled summary")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert overflow(page) <= 0


def test_a_double_click_puts_one_answer_and_who_writes_on_meanwhile_loses_no_letter(still: Place) -> None:
    page, number = opened(still)
    page.dblclick("#unplaced [name=place] >> nth=0")
    expect(page.locator("#unplaced [name=place]")).to_have_count(1)
    saved(page)
    assert len(still.net.desk.view(number).unplaced) == 1

    def late(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/unplaced", late)
    page.click("#unplaced [name=leave] >> nth=0")
    unfold(page, control(page, "summary.es"))
    field = page.locator(control(page, "summary.es"))
    field.fill("")
    field.press_sequentially("Doce patios abiertos a las familias del barrio.", delay=25)
    expect(page.locator("#unplaced [name=place]")).to_have_count(0)
    expect(field).to_have_value("Doce patios abiertos a las familias del barrio.")
